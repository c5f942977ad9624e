//! The parts of the test loop and the seam they implement; [`TestLoop`](crate::TestLoop) drives
//! them.
//!
//! # Protocol
//!
//! All of it belongs to the loop's thread but the inbox. No part is borrowed while foreign code
//! runs: wakers, tasks, callbacks and all destructors may come back to any of it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::task::Waker;
use std::time::Instant;

use tulipa_context::Saved;
use tulipa_rt::{
    Clock, ExceptionContext, Interest, LoopId, Reactor, Registered, Registration, Runnable,
    Runtime, Source, TaskList, Timer, TimerId, enter,
};

use crate::ready::{Inbox, Ready};
use crate::timers::{Action, Timers};

pub(crate) struct Core {
    registered: Registered,
    pub(crate) now: Cell<Instant>,
    ready: RefCell<VecDeque<Ready>>,
    inbox: Arc<Inbox>,
    pub(crate) timers: RefCell<Timers>,
    pub(crate) tasks: TaskList,
    pub(crate) reports: RefCell<Vec<ExceptionContext>>,
}

impl Core {
    pub(crate) fn new() -> Self {
        let inbox = Arc::<Inbox>::default();
        Self {
            registered: Registered::new(inbox.clone()),
            now: Cell::new(Instant::now()),
            ready: RefCell::default(),
            inbox,
            timers: RefCell::default(),
            tasks: TaskList::new(),
            reports: RefCell::default(),
        }
    }

    /// One iteration, numbered as those of the real loop; `false` if there was nothing to run.
    pub(crate) fn turn(self: &Rc<Self>) -> bool {
        // 1. What other threads sent.
        self.take_inbox();
        // 2. and 3. wait and ask the system: not here, the test moves the clock and reports.
        enter(self.clone(), || {
            // 4. What is due.
            let due = self.timers.borrow_mut().take_due(self.now.get());
            for action in due {
                self.guard("Panic in a waker", || match action {
                    Action::Wake(waker) => waker.wake(),
                    Action::Report(source, interest) => {
                        source
                            .report(interest == Interest::Readable, interest == Interest::Writable);
                    }
                });
            }
            // 5. What is ready now, and not what that makes ready.
            let batch = self.ready.borrow().len();
            for _ in 0..batch {
                let next = self.ready.borrow_mut().pop_front();
                self.guard("Exception in callback", || match next {
                    Some(Ready::Task(task)) => drop(task.run()),
                    Some(Ready::Callback(callback, context)) => context.enter(callback),
                    // A turn inside this one has run it.
                    None => {}
                });
            }
            batch > 0
        })
    }

    /// Whether a turn would find nothing to do.
    pub(crate) fn is_idle(&self) -> bool {
        self.take_inbox();
        let is_due = |deadline| deadline <= self.now.get();
        self.ready.borrow().is_empty() && !self.timers.borrow().next_deadline().is_some_and(is_due)
    }

    /// Behind what came to the inbox before: between two turns this thread's wake-ups go there too.
    fn push_ready(&self, ready: Ready) {
        self.take_inbox();
        self.ready.borrow_mut().push_back(ready);
    }

    fn take_inbox(&self) {
        let inbox = self.inbox.take();
        self.ready.borrow_mut().extend(inbox.into_iter().map(Ready::Task));
    }

    /// Runs foreign code; a panic of it is reported and goes no further.
    fn guard(&self, what: &str, run: impl FnOnce()) {
        if let Err(payload) = catch_unwind(AssertUnwindSafe(run)) {
            self.call_exception_handler(&ExceptionContext::new(what).panic(&*payload));
        }
    }

    /// Drops everything, here and on this thread: wake all tasks, drop what comes of it.
    pub(crate) fn close(self: &Rc<Self>) {
        enter(self.clone(), || {
            loop {
                let mut wakers = Vec::new();
                self.tasks.for_each(|task| wakers.push(task.cancellation().waker_clone()));
                wakers.into_iter().flatten().for_each(Waker::wake);
                self.take_inbox();
                let left = self.ready.take();
                if left.is_empty() {
                    if self.tasks.is_empty() {
                        break;
                    }
                    // Another thread is between waking a task and handing it over.
                    std::thread::yield_now();
                }
                for ready in left {
                    self.guard("Panic in a destructor", || drop(ready));
                }
            }
            let timers = self.timers.take();
            self.guard("Panic in a destructor", || drop(timers));
        });
    }
}

impl Clock for Core {
    fn now(&self) -> Instant {
        self.now.get()
    }
}

impl Timer for Core {
    fn wake_at(&self, at: Instant, waker: &Waker) -> TimerId {
        let waker = waker.clone();
        self.timers.borrow_mut().add(at, Action::Wake(waker))
    }

    fn set_waker(&self, timer: TimerId, waker: &Waker) -> bool {
        let action = Action::Wake(waker.clone());
        let replaced = self.timers.borrow_mut().replace(timer, action);
        replaced.is_some()
    }

    fn cancel(&self, timer: TimerId) -> bool {
        let removed = self.timers.borrow_mut().remove(timer);
        removed.is_some()
    }
}

/// Nothing to do: the test reports readiness itself.
struct Scripted;

impl Registration for Scripted {
    fn arm(&self, _: BorrowedFd<'_>, _: bool, _: bool) -> io::Result<()> {
        Ok(())
    }

    fn deregister(&self, _: BorrowedFd<'_>) {}
}

impl Reactor for Core {
    fn register(&self, io: OwnedFd) -> io::Result<Source> {
        Ok(Source::new(io, Box::new(Scripted)))
    }
}

impl Runtime for Core {
    fn id(&self) -> LoopId {
        self.registered.id()
    }

    fn push(&self, runnable: Runnable) {
        self.push_ready(Ready::Task(runnable));
    }

    fn call_soon(&self, callback: Box<dyn FnOnce()>) {
        self.push_ready(Ready::Callback(callback, Saved::copy_current()));
    }

    fn tasks(&self) -> &TaskList {
        &self.tasks
    }

    fn call_exception_handler(&self, context: &ExceptionContext) {
        self.reports.borrow_mut().push(context.clone());
    }
}
