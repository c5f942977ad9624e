//! The loop as leaf futures and tasks see it: the traits of `tulipa-rt`.

use std::io;
use std::os::fd::OwnedFd;
use std::task::Waker;
use std::time::Instant;

use tulipa_context::Saved;
use tulipa_rt::{
    Clock, ExceptionContext, LoopId, Reactor, Runnable, Runtime, Source, TaskList, Timer, TimerId,
};

use crate::callback::Callback;
use crate::core::Core;
use crate::event_loop::RunError;
use crate::timers::Alarm;

impl Clock for Core {
    fn now(&self) -> Instant {
        Instant::now()
    }
}

impl Timer for Core {
    fn wake_at(&self, at: Instant, waker: &Waker) -> TimerId {
        self.timers.borrow_mut().arm(at, Alarm::Wake(waker.clone()))
    }

    fn set_waker(&self, timer: TimerId, waker: &Waker) -> bool {
        let mut timers = self.timers.borrow_mut();
        let Some(Alarm::Wake(held)) = timers.get_mut(timer) else {
            return false;
        };
        if held.will_wake(waker) {
            return true;
        }
        let old = std::mem::replace(held, waker.clone());
        // Dropping the last waker of a task may drop the task.
        drop(timers);
        drop(old);
        true
    }

    fn cancel(&self, timer: TimerId) -> bool {
        self.disarm(timer)
    }
}

impl Reactor for Core {
    fn register(&self, io: OwnedFd) -> io::Result<Source> {
        if self.closed.get() {
            // Who waits for it would never be woken.
            return Err(io::Error::other(RunError::Closed));
        }
        self.io.register(io)
    }
}

impl Runtime for Core {
    fn id(&self) -> LoopId {
        self.registered.id()
    }

    fn push(&self, runnable: Runnable) {
        self.push_task(runnable);
    }

    fn call_soon(&self, callback: Box<dyn FnOnce()>) {
        // On a closed loop it is dropped: nothing of it will ever run again.
        if !self.closed.get() {
            self.push_callback(Callback::Once(callback, Saved::copy_current()));
        }
    }

    fn tasks(&self) -> &TaskList {
        &self.tasks
    }

    fn call_exception_handler(&self, context: &ExceptionContext) {
        self.report(context);
    }
}
