//! [`CtrlC`]: what Ctrl-C does to a run.
//!
//! # Protocol
//!
//! All of it is the loop thread's. The signal's own part is `tulipa-signal`'s: it sets a flag that
//! the loop looks at, and the loop calls back. Each call answers, so that a further Ctrl-C is ours
//! too, and counts: the first cancels the task, all others stop the loop.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use tulipa_loop::FlagHandle;
use tulipa_signal::Interrupts;
use tulipa_task::TaskRef;

use crate::event_loop::get_running_loop;
use crate::run::Runner;

/// How often Ctrl-C came in a run, and to which task.
#[derive(Default)]
pub(crate) struct CtrlC {
    count: Rc<Cell<u32>>,
    watched: OnceCell<Watched>,
}

struct Watched {
    task: TaskRef,
    /// Set by a Ctrl-C that the loop has not found.
    raised: Arc<AtomicBool>,
}

impl CtrlC {
    /// Has Ctrl-C cancel a task, then stop the loop, until what is returned is dropped. Nothing, if
    /// Ctrl-C is not for this run to take, or cannot be had.
    pub(crate) fn watch(&self, runner: &Runner, task: TaskRef) -> Option<FlagHandle> {
        // A program that gets no Ctrl-C still does what it is for.
        let interrupts = Interrupts::take().ok().flatten()?;
        let (raised, wake) = (interrupts.raised(), interrupts.wake().ok()?);
        let (count, cancels) = (self.count.clone(), task.clone());
        let callback = move || {
            interrupts.answer();
            count.set(count.get() + 1);
            if count.get() == 1 {
                cancels.cancel();
            } else {
                get_running_loop().stop();
            }
        };
        let handle = runner.event_loop().add_flag(raised.clone(), wake, callback).ok()?;
        let _ = self.watched.set(Watched { task, raised });
        Some(handle)
    }

    /// Whether the task has been cancelled by Ctrl-C and by nobody else.
    pub(crate) fn has_cancelled(&self) -> bool {
        let others = || self.watched.get().is_some_and(|watched| watched.task.uncancel() > 0);
        self.count.get() > 0 && !others()
    }

    /// Whether a Ctrl-C came and the task, which has a value, did not come to see it: it did not
    /// suspend any more. Ask before Ctrl-C is given back.
    pub(crate) fn was_missed(&self) -> bool {
        self.watched.get().is_some_and(|Watched { task, raised }| {
            raised.load(SeqCst) || self.count.get() > 0 && !task.cancel_seen()
        })
    }

    /// Whether the loop has been stopped.
    pub(crate) fn has_stopped(&self) -> bool {
        self.count.get() > 1
    }
}
