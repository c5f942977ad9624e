//! Every future, value and waker is dropped exactly once, however it ends.

use std::future::{Future, pending};
use std::panic::resume_unwind;
use std::pin::Pin;
use std::task::Context;

use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_task::{Promise, Task, create_task};
use tulipa_test::{CountingWaker, TestLoop, run};
use tulipa_time::yield_now;

use crate::allocations::live_bytes;
use crate::support::{Counted, Drops};

/// How a task's life can end, and its handle's.
#[derive(Clone, Copy, Debug)]
enum End {
    Value,
    Panic,
    CancelBeforeStart,
    CancelSuspended,
    CancelRunnable,
    CleanupThenCancel,
    Caught,
    LoopBeforeStart,
    LoopSuspended,
    LoopRunnable,
}

#[derive(Clone, Copy, Debug)]
enum Handle {
    Awaited,
    AwaitedTwice,
    LookedAt,
    Detached,
    DroppedAfter,
    InAnotherTask,
}

const ENDS: [End; 10] = [
    End::Value,
    End::Panic,
    End::CancelBeforeStart,
    End::CancelSuspended,
    End::CancelRunnable,
    End::CleanupThenCancel,
    End::Caught,
    End::LoopBeforeStart,
    End::LoopSuspended,
    End::LoopRunnable,
];

const HANDLES: [Handle; 6] = [
    Handle::Awaited,
    Handle::AwaitedTwice,
    Handle::LookedAt,
    Handle::Detached,
    Handle::DroppedAfter,
    Handle::InAnotherTask,
];

/// A body that holds one counted value, makes a second, and returns it if it gets there.
async fn body(end: End, drops: Drops, held: Counted) -> Counted {
    let _held = held;
    let value = drops.value();
    yield_now().await;
    match end {
        // Without the panic hook, which writes into the test's captured output.
        End::Panic => resume_unwind(Box::new("on purpose")),
        End::CancelSuspended | End::LoopSuspended => pending().await,
        End::CleanupThenCancel => {
            let in_cleanup = drops.value();
            pending::<()>().finally(async move || drop(in_cleanup)).await;
        }
        End::Caught => catch_cancel(pending::<()>()).await.unwrap_err().suppress(),
        _ => yield_now().await,
    }
    value
}

/// Gives the loop back if that is not what ended the task.
fn bring_to_its_end(
    test_loop: TestLoop,
    end: End,
    task: Option<&Task<Counted>>,
) -> Option<TestLoop> {
    let cancel = || assert!(task.is_none_or(Task::cancel));
    match end {
        End::CancelBeforeStart => cancel(),
        End::CancelSuspended | End::CleanupThenCancel | End::Caught => {
            test_loop.run_until_stalled();
            cancel();
        }
        End::CancelRunnable => {
            test_loop.turn();
            cancel();
        }
        End::LoopBeforeStart => return None,
        End::LoopSuspended => {
            test_loop.run_until_stalled();
            return None;
        }
        End::LoopRunnable => {
            test_loop.turn();
            return None;
        }
        End::Value | End::Panic => {}
    }
    test_loop.run_until_stalled();
    Some(test_loop)
}

fn live(end: End, handle: Handle, drops: &Drops) {
    let test_loop = TestLoop::new();
    let keep = test_loop.clone();
    let held = drops.value();
    let task = test_loop.create_task(body(end, drops.clone(), held));
    let in_callback = drops.value();
    task.add_done_callback(move |_| drop(in_callback));
    let late = drops.value();
    let gone = task.add_done_callback(move |_| drop(late));
    assert!(task.remove_done_callback(gone));
    drop(keep);
    if let Handle::Detached = handle {
        let task_ref = task.task_ref();
        task.detach();
        if !matches!(end, End::LoopBeforeStart | End::LoopRunnable) {
            test_loop.turn();
            task_ref.cancel();
        }
        return drop(bring_to_its_end(test_loop, end, None));
    }
    if let Handle::InAnotherTask = handle {
        let outer = drops.value();
        let outer = test_loop.create_task(async move {
            let _outer = outer;
            task.await
        });
        let test_loop = bring_to_its_end(test_loop, end, None);
        drop(outer);
        return drop(test_loop);
    }
    // Dropped after the handle.
    let _test_loop = bring_to_its_end(test_loop, end, Some(&task));
    match handle {
        Handle::Awaited => drop(futures_lite::future::block_on(task)),
        Handle::AwaitedTwice => {
            let mut task = task;
            drop(futures_lite::future::block_on(&mut task));
            drop(task);
        }
        Handle::LookedAt => {
            let _ = (task.result().is_ok(), task.exception().is_ok(), task.cancelled());
        }
        _ => drop(task),
    }
}

#[test]
fn every_future_value_and_callback_is_dropped_once_in_every_ending() {
    for end in ENDS {
        for handle in HANDLES {
            let drops = Drops::default();
            live(end, handle, &drops);
            assert!(drops.made() >= 3);
            assert_eq!(drops.dropped(), drops.made(), "{end:?}, {handle:?}");
        }
    }
}

#[test]
fn every_ending_gives_its_memory_back() {
    for end in ENDS {
        for handle in HANDLES {
            live(end, handle, &Drops::default());
            let before = live_bytes();
            live(end, handle, &Drops::default());
            assert_eq!(live_bytes(), before, "{end:?}, {handle:?}");
        }
    }
}

#[test]
fn every_promise_gives_its_values_and_wakers_back() {
    let drops = Drops::default();
    let test_loop = TestLoop::new();
    for ending in 0..6_usize {
        let promise = Promise::new_on(&test_loop.runtime());
        let [called, removed] = [drops.value(), drops.value()];
        promise.add_done_callback(move |_| drop(called));
        let removed = promise.add_done_callback(move |_| drop(removed));
        let awaiters = [(); 2].map(|()| {
            let (promise, held) = (promise.clone(), drops.value());
            test_loop.create_task(async move {
                let _held = held;
                promise.with_result(|_: &Counted| ()).is_ok() || promise_done(promise).await
            })
        });
        test_loop.run_until_stalled();
        assert!(promise.remove_done_callback(removed));
        match ending {
            0 => assert!(promise.set_result(drops.value()).is_ok()),
            1 => promise.set_exception("x").ok().unwrap(),
            2 => assert!(promise.cancel()),
            3 => assert!(awaiters[0].cancel()),
            4 => assert!(promise.set_result(drops.value()).is_ok() && !promise.cancel()),
            _ => {}
        }
        test_loop.run_until_stalled();
        let done = awaiters.iter().filter(|task| task.done()).count();
        assert_eq!(done, [2, 2, 2, 1, 2, 0][ending]);
    }
    assert_eq!(test_loop.pending_tasks(), 3, "those of the promises that nobody set");
    drop(test_loop);
    assert_eq!(drops.dropped(), drops.made());
}

/// Waits for a promise whose value is not `Clone`.
async fn promise_done(promise: Promise<Counted>) -> bool {
    let done = Promise::new();
    let setter = done.clone();
    promise.add_done_callback(move |promise| {
        let _ = setter.set_result(!promise.cancelled());
    });
    done.await.unwrap_or(false)
}

#[test]
fn a_promise_lets_go_of_the_wakers_of_its_awaiters() {
    let test_loop = TestLoop::new();
    let promise = Promise::<u8>::new_on(&test_loop.runtime());
    let drops = Drops::default();
    for _ in 0..3 {
        let (promise, held) = (promise.clone(), drops.value());
        let task = test_loop.create_task(async move {
            let _held = held;
            promise.await
        });
        test_loop.turn();
        assert!(!task.done());
    }
    drop(test_loop);
    assert_eq!(drops.dropped(), 3, "though the promise lives on");
    drop(promise);
}

#[test]
fn a_task_lets_go_of_the_waker_of_its_awaiter() {
    let test_loop = TestLoop::new();
    for ends_first in [true, false] {
        let waker = CountingWaker::new();
        let mut task = test_loop.create_task(async move {
            if !ends_first {
                pending::<()>().await;
            }
        });
        let mut cx = Context::from_waker(waker.waker());
        assert!(Pin::new(&mut task).poll(&mut cx).is_pending());
        assert_eq!(waker.clones(), 1);
        if ends_first {
            test_loop.turn();
            assert_eq!((waker.clones(), waker.wakes()), (0, 1));
        }
        drop(task);
        assert_eq!(waker.clones(), 0, "though the task goes on");
    }
}

#[test]
fn a_great_many_tasks_leave_nothing_behind() {
    let rounds = if cfg!(debug_assertions) { 100_000 } else { 1_000_000 };
    run(async move {
        let drops = Drops::default();
        let mut start = None;
        for round in 0..rounds {
            let held = drops.value();
            let task = create_task(async move {
                if round % 3 == 0 {
                    yield_now().await;
                }
                drop(held);
            });
            match round % 5 {
                0 => task.detach(),
                1 => {
                    task.cancel();
                    assert!(task.await.unwrap_err().is_cancelled());
                }
                _ => task.await.unwrap(),
            }
            // The first rounds bring the loop's queues to their size.
            if round == 100 {
                start = Some(live_bytes());
            }
        }
        yield_now().await;
        yield_now().await;
        assert_eq!(drops.dropped(), rounds);
        let grown = live_bytes().wrapping_sub(start.unwrap());
        assert!(grown.wrapping_add(1024) < 2048, "{grown} bytes");
    });
}
