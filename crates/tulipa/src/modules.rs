//! The modules of the facade, by concept; each item of a leaf crate is in one of them, or at the
//! root.

/// Awaitable cancellation: see it, answer it, clean up.
pub mod cancel {
    #[doc(inline)]
    pub use tulipa_cancel::{
        CancelExt, CancelHandle, CancelScope, Cancellation, Cancelled, CancelledError, CatchCancel,
        Finally, Held, Node, Scoped, cancellable, catch_cancel, current, raise,
    };
}

/// Context variables: values that follow a task.
pub mod context {
    #[doc(inline)]
    pub use tulipa_context::{
        Context, ContextVar, InContext, ResetError, Saved, Token, copy_context,
    };
}

/// What a task may ask of its loop: for writing loops, and leaf futures that need time or I/O.
pub mod rt {
    #[doc(inline)]
    pub use tulipa_loop::{
        Backend, FlagHandle, Handle, LoopClosed, POLLS_PER_LOOK, ThreadsafeHandle, TimerHandle,
    };
    #[doc(inline)]
    pub use tulipa_rt::*;
}

/// Tasks and promises, their views, their errors; several tasks at once.
pub mod task {
    #[cfg(feature = "combine")]
    #[doc(inline)]
    pub use tulipa_combine::{
        AsCompleted, AsCompletedTimeout, ChildError, ChildFailure, Gather, GatherResults,
        Gatherable, Next, ReturnWhen, Scope, ScopedTask, Shield, StartError, TaskGroupError,
        TaskStatus, TryGather, TryGatherable, Wait, Waitable, scope,
    };
    #[doc(inline)]
    pub use tulipa_task::{
        CallbackId, ConcurrentError, ConcurrentFuture, InvalidStateError, JoinError, PromiseError,
        ResultError, Submission, TaskBuilder, TaskRef, all_tasks_of, create_task_at,
        create_task_on, eager_task_factory, submission,
    };
}

/// Ctrl-C, for those who write a [`Runner`](crate::Runner) of their own.
pub mod signal {
    #[doc(inline)]
    pub use tulipa_signal::{Interrupts, end_process};
}

/// Locks, events, conditions: fair, without allocation, on any executor.
#[cfg(feature = "sync")]
pub mod sync {
    #[doc(inline)]
    pub use tulipa_sync::*;
}

/// A loop with a virtual clock, futures polled by hand, cancellation at every suspension.
#[cfg(feature = "test")]
pub mod test {
    #[doc(inline)]
    pub use tulipa_test::*;
}

/// Sleeping and deadlines.
#[cfg(feature = "time")]
pub mod time {
    #[doc(inline)]
    pub use tulipa_time::{
        CancelScopeExt, Deadline, DeadlineScope, DeadlineScoped, MoveOn, RescheduleError, Sleep,
        Timeout, TimeoutError, Until, YieldNow, move_on_after, move_on_at, sleep_until,
    };
}
