//! [`Core`]: the state of a loop, all of it on the loop's thread but the inbox.
//!
//! # Protocol
//!
//! Everything is reached through `Rc` and cells, and no cell stays borrowed while code of others
//! runs (a task, a callback, a waker, a destructor): each of them may come back here.

use std::cell::{Cell, RefCell};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use tulipa_rt::{ExceptionContext, Registered, Runnable, TaskList, TimerId};

use crate::callback::Callback;
use crate::event_loop::Backend;
use crate::flags::Flag;
use crate::inbox::Inbox;
use crate::io::Io;
use crate::ready::Ready;
use crate::timers::{Alarm, Timers};

pub(crate) type ExceptionHandler = Rc<dyn Fn(&ExceptionContext)>;

pub(crate) struct Core {
    pub(crate) registered: Registered,
    pub(crate) ready: RefCell<Ready>,
    pub(crate) timers: RefCell<Timers>,
    pub(crate) io: Io,
    pub(crate) inbox: Arc<Inbox>,
    pub(crate) tasks: TaskList,
    pub(crate) exception_handler: RefCell<Option<ExceptionHandler>>,
    pub(crate) flags: RefCell<Vec<Rc<Flag>>>,
    pub(crate) running: Cell<bool>,
    pub(crate) stopping: Cell<bool>,
    pub(crate) closed: Cell<bool>,
    /// Entries run since the clock and the poller were last asked.
    pub(crate) since_look: Cell<usize>,
    /// When the loop last looked at its clock.
    pub(crate) looked_at: Cell<Instant>,
    /// Room for the alarms of one deadline, kept from one to the next.
    pub(crate) due: Cell<Vec<Alarm>>,
    /// Handles on the loop; the last one to drop closes it.
    pub(crate) handles: Cell<usize>,
}

impl Core {
    pub(crate) fn new(backend: Backend) -> io::Result<Self> {
        let io = Io::new(backend)?;
        let now = Instant::now();
        let inbox = Arc::new(Inbox::new(io.bell()));
        Ok(Self {
            registered: Registered::new(inbox.clone()),
            ready: RefCell::default(),
            timers: RefCell::new(Timers::new(now)),
            inbox,
            io,
            tasks: TaskList::new(),
            exception_handler: RefCell::default(),
            flags: RefCell::default(),
            running: Cell::new(false),
            stopping: Cell::new(false),
            closed: Cell::new(false),
            since_look: Cell::new(0),
            looked_at: Cell::new(now),
            due: Cell::default(),
            handles: Cell::new(1),
        })
    }

    pub(crate) fn push_task(&self, task: Runnable) {
        self.keep_order();
        self.ready.borrow_mut().push_task(task);
    }

    pub(crate) fn push_callback(&self, callback: Callback) {
        self.keep_order();
        self.ready.borrow_mut().push_callback(callback);
    }

    /// Wake-ups of a loop that does not run go to the inbox, even on its own thread; what came
    /// there first runs first.
    fn keep_order(&self) {
        if !self.running.get() {
            self.take_inbox();
        }
    }

    #[inline]
    pub(crate) fn take_inbox(&self) {
        if self.inbox.has_mail() {
            self.empty_inbox();
        }
    }

    /// [`take_inbox`](Self::take_inbox) that finds also what a sender has not announced yet.
    pub(crate) fn empty_inbox(&self) {
        self.inbox.empty_into(&mut self.ready.borrow_mut());
    }

    pub(crate) fn disarm(&self, timer: TimerId) -> bool {
        let alarm = self.timers.borrow_mut().disarm(timer);
        alarm.is_some()
    }

    /// Runs code of others; a panic in it goes to the exception handler.
    pub(crate) fn guard(&self, what: &'static str, run: impl FnOnce()) {
        if let Err(payload) = catch_unwind(AssertUnwindSafe(run)) {
            self.report(&ExceptionContext::new(what).panic(&*payload));
        }
    }

    pub(crate) fn report(&self, context: &ExceptionContext) {
        let handler = self.exception_handler.borrow().clone();
        let Some(handler) = handler else {
            return context.print();
        };
        let told = catch_unwind(AssertUnwindSafe(|| handler(context)));
        if let Err(payload) = told {
            context.print();
            ExceptionContext::new("Unhandled error in exception handler").panic(&*payload).print();
        }
    }
}
