//! Closing a loop: nothing of it is left behind, and nothing is lost in silence.

use std::rc::Rc;

use tulipa_rt::{ExceptionContext, TaskId};

use crate::callback::Callback;
use crate::core::Core;
use crate::ready::Entry;
use crate::timers::Alarm;

impl Core {
    /// Cancels callbacks and timers, reports and drops the tasks that have not ended, here and on
    /// this thread, and what their destructors make meanwhile. Does nothing the second time.
    pub(crate) fn close(self: &Rc<Self>) {
        if self.closed.replace(true) {
            return;
        }
        self.enter(|| {
            let mut reported = None;
            loop {
                self.report_pending_tasks(&mut reported);
                self.wake_pending_tasks();
                let any = self.drop_ready() | self.drop_timers();
                if self.tasks.is_empty() {
                    if self.inbox.is_closed() && !any {
                        return;
                    }
                    // What came until now is dropped next. A task made by a destructor from now
                    // on is dropped before it is polled, so no other thread can wake it.
                    self.inbox.close();
                } else if !any {
                    // Another thread is waking a task and has not sent it yet.
                    std::thread::yield_now();
                }
            }
        });
    }

    /// Reports the tasks that are newer than those that were reported before.
    fn report_pending_tasks(&self, reported: &mut Option<TaskId>) {
        let mut reports = Vec::new();
        self.tasks.for_each(|task| {
            if *reported < Some(task.id()) {
                *reported = Some(task.id());
                let context = ExceptionContext::new("Task was destroyed but it is pending!");
                reports.push(context.task(task, "pending"));
            }
        });
        for report in reports {
            self.report(&report);
        }
    }

    /// A task is dropped by dropping its runnable, and to get that, it is woken.
    fn wake_pending_tasks(&self) {
        let mut wakers = Vec::new();
        self.tasks.for_each(|task| wakers.extend(task.cancellation().waker_clone()));
        for waker in wakers {
            self.guard("Exception in waker", || waker.wake());
        }
    }

    /// Drops what is ready, but not what is made ready by that; `false` if there was nothing.
    fn drop_ready(&self) -> bool {
        self.empty_inbox();
        let mut ready = self.ready.take();
        let any = !ready.is_empty();
        while let Some(entry) = ready.pop() {
            self.guard("Exception in a destructor", || match entry {
                // Not just dropped: handles may keep them, and they what they hold.
                Entry::Callback(Callback::Local(callback)) => callback.cancel(),
                Entry::Callback(Callback::Threadsafe(handle)) => _ = handle.cancel(),
                entry => drop(entry),
            });
        }
        any
    }

    fn drop_timers(&self) -> bool {
        let alarms = self.timers.borrow_mut().clear();
        let any = !alarms.is_empty();
        for alarm in alarms {
            self.guard("Exception in a destructor", || match alarm {
                Alarm::Call(callback) => callback.cancel(),
                Alarm::Wake(waker) => drop(waker),
            });
        }
        any
    }
}
