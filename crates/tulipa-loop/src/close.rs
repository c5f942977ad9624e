//! Closing a loop: nothing of it is left behind, and nothing is lost in silence.

use std::rc::Rc;
use std::task::Waker;

use tulipa_rt::{ExceptionContext, Runtime, enter};

use crate::core::Core;

impl Core {
    /// Drops callbacks and timers, reports and drops the tasks that have not ended, here and on
    /// this thread. Does nothing the second time.
    pub(crate) fn close(self: &Rc<Self>) {
        if self.closed.replace(true) {
            return;
        }
        enter(self.clone() as Rc<dyn Runtime>, || {
            self.running.set(true);
            self.report_pending_tasks();
            while !self.tasks.is_empty() {
                self.drop_pending_tasks();
            }
            self.inbox.close();
            self.take_inbox();
            drop(self.ready.take());
            let alarms = self.timers.borrow_mut().clear();
            drop(alarms);
            self.running.set(false);
        });
    }

    fn report_pending_tasks(&self) {
        let mut reports = Vec::new();
        self.tasks.for_each(|task| {
            let context = ExceptionContext::new("Task was destroyed but it is pending!");
            reports.push(context.task(task, "pending"));
        });
        for report in reports {
            self.report(&report);
        }
    }

    /// A task is dropped by dropping its runnable, and to get that, it is woken. A task that
    /// another thread is waking right now comes to the inbox a moment later.
    fn drop_pending_tasks(&self) {
        let mut wakers = Vec::new();
        self.tasks.for_each(|task| wakers.extend(task.cancellation().waker_clone()));
        wakers.into_iter().for_each(Waker::wake);
        self.take_inbox();
        let woken = self.ready.take();
        if woken.is_empty() {
            std::thread::yield_now();
        }
        drop(woken);
    }
}
