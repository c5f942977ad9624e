//! Who is `Send`, `Sync` and `Unpin`: every public type is in the table.
//!
//! What belongs to the thread of its loop is neither `Send` nor `Sync`; what reaches a loop from
//! elsewhere is both, and so is what knows no loop, where its content is. `u8` stands for content
//! that is everything, `Future` for a future that is.

use std::collections::BTreeSet;
use std::rc::Rc;

use tulipa::cancel::*;
use tulipa::context::*;
use tulipa::rt::*;
use tulipa::signal::*;
use tulipa::sync::*;
use tulipa::task::*;
use tulipa::test::*;
use tulipa::time::*;
use tulipa::{EventLoop, LoopHandle, Promise, RunError, Runner, Task, TaskGroup};

use crate::exports::types;

type Future = std::future::Ready<u8>;

/// Whether a type implements a trait: an inherent constant, if it is there, goes first.
macro_rules! is {
    ($type:ty, $trait:ident) => {{
        #[allow(dead_code, reason = "the constant of a type that is stays unused")]
        trait Not {
            const IS: bool = false;
        }
        impl<T: ?Sized> Not for T {}
        #[allow(dead_code, reason = "the constant of a type that is not stays unused")]
        struct Probe<T: ?Sized>(std::marker::PhantomData<T>);
        #[allow(dead_code, reason = "the constant of a type that is not stays unused")]
        impl<T: ?Sized + $trait> Probe<T> {
            const IS: bool = true;
        }
        <Probe<$type>>::IS
    }};
}

macro_rules! table {
    ($($type:ty: $traits:literal)*) => {
        [$((stringify!($type), $traits, [
            is!($type, Send), is!($type, Sync), is!($type, Unpin)
        ])),*]
    };
}

fn says([send, sync, unpin]: [bool; 3]) -> String {
    let word = |is, word| if is { word } else { "-" };
    format!("{} {} {}", word(send, "Send"), word(sync, "Sync"), word(unpin, "Unpin"))
}

type Row = (&'static str, &'static str, [bool; 3]);

const LOOPS_AND_TASKS: &[Row] = &table! {
    EventLoop: "- - Unpin"
    LoopHandle: "Send Sync Unpin"
    Runner: "- - Unpin"
    RunError: "Send Sync Unpin"
    Task<u8>: "- - Unpin"
    TaskGroup: "- - Unpin"
    Promise<u8>: "- - Unpin"
    TaskRef: "Send Sync Unpin"
    CallbackId: "Send Sync Unpin"
    ConcurrentFuture<u8>: "Send Sync Unpin"
    ConcurrentError: "Send Sync Unpin"
    Submission<u8>: "Send - Unpin"
    JoinError: "Send Sync Unpin"
    ResultError<'static>: "Send Sync Unpin"
    InvalidStateError: "Send Sync Unpin"
    PromiseError: "- - Unpin"
    Gather<(Task<u8>, Task<u8>)>: "- - Unpin"
    GatherResults<(Task<u8>, Task<u8>)>: "- - Unpin"
    TryGather<(Task<Result<u8, u8>>,)>: "- - Unpin"
    AsCompleted<u8>: "- - Unpin"
    AsCompletedTimeout<u8>: "- - Unpin"
    Next<'static, AsCompleted<u8>>: "- - Unpin"
    Wait<Task<u8>>: "- - Unpin"
    ReturnWhen: "Send Sync Unpin"
    Shield<u8>: "- - Unpin"
    ChildError: "- - Unpin"
    ChildFailure: "- - Unpin"
    TaskGroupError: "- - Unpin"
    TaskStatus<u8>: "- - Unpin"
    StartError<u8>: "Send Sync Unpin"
    Scope<'static>: "- - Unpin"
    ScopedTask<u8>: "- - Unpin"
    TaskBuilder: "- - Unpin"
    Sleep: "Send Sync Unpin"
    YieldNow: "Send Sync Unpin"
    Timeout<Future>: "Send Sync Unpin"
    MoveOn<Future>: "Send Sync Unpin"
    Deadline: "Send Sync Unpin"
    DeadlineScope: "Send Sync Unpin"
    DeadlineScoped<Future>: "Send Sync Unpin"
    Until: "Send Sync Unpin"
    RescheduleError: "Send Sync Unpin"
    TimeoutError: "Send Sync Unpin"
};

const SEAM: &[Row] = &table! {
    Backend: "Send Sync Unpin"
    Handle: "- - Unpin"
    FlagHandle: "- - Unpin"
    TimerHandle: "- - Unpin"
    ThreadsafeHandle: "Send Sync Unpin"
    LoopClosed: "Send Sync Unpin"
    NoRunningLoop: "Send Sync Unpin"
    ExceptionContext: "Send Sync Unpin"
    Header: "- - Unpin"
    TaskId: "Send Sync Unpin"
    TaskName: "Send Sync Unpin"
    TaskEntry: "- - Unpin"
    TaskList: "- - Unpin"
    TaskFactory: "- - Unpin"
    TaskSpec: "Send Sync Unpin"
    LoopId: "Send Sync Unpin"
    Registered: "Send Sync Unpin"
    Runnable: "Send Sync Unpin"
    Interest: "Send Sync Unpin"
    Ready: "Send Sync Unpin"
    Source: "Send Sync Unpin"
    WeakSource: "Send Sync Unpin"
    TimerId: "Send Sync Unpin"
};

const CONTEXT_AND_SIGNALS: &[Row] = &table! {
    Context: "Send Sync Unpin"
    ContextVar<u8>: "Send Sync Unpin"
    InContext<Future>: "Send Sync Unpin"
    ResetError<u8>: "Send Sync Unpin"
    Saved: "Send - Unpin"
    Token<u8>: "Send Sync Unpin"
    Interrupts: "Send Sync Unpin"
};

const CANCELLATION: &[Row] = &table! {
    CancelHandle: "Send Sync Unpin"
    CancelScope: "Send Sync Unpin"
    Cancellation: "Send Sync Unpin"
    Cancelled: "Send Sync Unpin"
    CancelledError: "Send Sync Unpin"
    CatchCancel<Future>: "Send Sync Unpin"
    Finally<Future, fn() -> Future, Future>: "Send - Unpin"
    Held: "Send Sync Unpin"
    Node: "Send Sync Unpin"
    Scoped<Future>: "Send Sync Unpin"
};

const SYNCHRONISATION: &[Row] = &table! {
    Lock<u8>: "Send Sync Unpin"
    LockGuard<'static, u8>: "Send Sync Unpin"
    OwnedLockGuard<u8>: "Send Sync Unpin"
    Acquire<'static, u8>: "Send Sync -"
    AcquireOwned<u8>: "Send Sync -"
    Event: "Send Sync Unpin"
    EventWait<'static>: "Send Sync -"
    Condition<u8>: "Send Sync Unpin"
    ConditionGuard<'static, u8>: "Send Sync Unpin"
    ConditionAcquire<'static, u8>: "Send Sync -"
    ConditionWait<'static, u8>: "Send Sync -"
    ConditionWaitFor<'static, u8, fn(&mut u8) -> bool>: "Send Sync -"
    Semaphore: "Send Sync Unpin"
    BoundedSemaphore: "Send Sync Unpin"
    SemaphorePermit<'static>: "Send Sync Unpin"
    OwnedSemaphorePermit: "Send Sync Unpin"
    SemaphoreAcquire<'static>: "Send Sync -"
    SemaphoreAcquireOwned: "Send Sync -"
    Barrier: "Send Sync Unpin"
    BarrierWait<'static>: "Send Sync -"
    CapacityLimiter<u8>: "Send Sync Unpin"
    LimiterToken<'static, u8>: "Send Sync Unpin"
    OwnedLimiterToken<u8>: "Send Sync Unpin"
    LimiterAcquire<'static, u8>: "Send Sync -"
    LimiterAcquireOwned<u8>: "Send Sync -"
    Queue<u8>: "Send Sync Unpin"
    LifoQueue<u8>: "Send Sync Unpin"
    PriorityQueue<u8>: "Send Sync Unpin"
    Put<'static, u8>: "Send Sync -"
    Get<'static, u8>: "Send Sync -"
    Join<'static, u8>: "Send Sync -"
    Sender<u8>: "Send Sync Unpin"
    Receiver<u8>: "Send Sync Unpin"
    ChannelSend<'static, u8>: "Send Sync -"
    ChannelRecv<'static, u8>: "Send Sync -"
    AlreadyBorrowedError<u8>: "Send Sync Unpin"
    BrokenBarrierError: "Send Sync Unpin"
    GetError: "Send Sync Unpin"
    NotBorrowedError: "Send Sync Unpin"
    OverReleaseError: "Send Sync Unpin"
    PutError<u8>: "Send Sync Unpin"
    RecvError: "Send Sync Unpin"
    ReleaseError: "Send Sync Unpin"
    SendError<u8>: "Send Sync Unpin"
    TaskDoneError: "Send Sync Unpin"
    TryBorrowError<u8>: "Send Sync Unpin"
    TryGetError: "Send Sync Unpin"
    TryPutError<u8>: "Send Sync Unpin"
    TryRecvError: "Send Sync Unpin"
    TrySendError<u8>: "Send Sync Unpin"
};

const TESTING: &[Row] = &table! {
    TestLoop: "- - Unpin"
    Stalled: "Send Sync Unpin"
    HandPolled<Future>: "Send Sync Unpin"
    CountingWaker: "Send Sync Unpin"
    CancelPoint: "- - Unpin"
    When: "Send Sync Unpin"
};

fn rows() -> impl Iterator<Item = &'static Row> {
    [LOOPS_AND_TASKS, SEAM, CONTEXT_AND_SIGNALS, CANCELLATION, SYNCHRONISATION, TESTING]
        .into_iter()
        .flatten()
}

#[test]
fn each_type_is_what_the_table_says() {
    let mut wrong = Vec::new();
    for (name, expected, is) in rows() {
        if says(*is) != *expected {
            wrong.push(format!("    {name}: {:?}", says(*is)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_public_type_is_in_the_table() {
    let head = |name: &'static str| name.split(['<', ' ']).next().unwrap_or(name).to_owned();
    let in_table: BTreeSet<_> = rows().map(|(name, ..)| head(name)).collect();
    let missing: Vec<_> = types().into_iter().filter(|name| !in_table.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The forms of one thread are of one thread.
#[test]
fn what_is_local_stays_on_its_thread() {
    use tulipa::sync::local;
    macro_rules! stays {
        ($($type:ty)*) => {
            $(assert!(!is!($type, Sync), "{}", stringify!($type));)*
        };
    }
    stays! {
        local::Lock<u8> local::Event local::Condition<u8> local::Semaphore local::Barrier
        local::Queue<u8> local::LifoQueue<u8> local::PriorityQueue<u8>
        local::CapacityLimiter<u8> local::Sender<u8> local::Receiver<u8>
    }
}

/// What is inside decides, and nothing else.
#[test]
fn content_that_is_not_send_makes_a_primitive_that_is_not() {
    assert!(!is!(Lock<Rc<u8>>, Send) && !is!(Lock<Rc<u8>>, Sync));
    assert!(!is!(Queue<Rc<u8>>, Send) && !is!(Queue<Rc<u8>>, Sync));
    assert!(is!(Lock<std::cell::Cell<u8>>, Sync), "a lock needs its content to be `Send` only");
    assert!(!is!(Timeout<std::future::Ready<Rc<u8>>>, Send));
}
