//! Conditions, from `test_locks.ConditionTests`: cancelled in each of their steps.

use std::cell::Cell;

use tulipa_cancel::{CancelHandle, CancelledError, cancellable, catch_cancel};

use super::super::kind::Condition;
use crate::on::{Cancelled, Task, leak, on_each_executor, spawn, turn, value_wins, within};
use crate::support::shown;

on_each_executor![
    wait_cancel,
    wait_cancel_contested,
    wait_cancel_after_notify,
    timeout_in_block,
    cancelled_error_wakeup,
    cancelled_error_re_aquire,
    cancelled_wakeup,
    cancelled_wakeup_relock,
];

/// `test_locks.ConditionTests.test_wait_cancel`
///
/// S-COND-3, other than in asyncio: the lock stays free.
async fn wait_cancel() {
    let condition = leak(Condition::new());
    let guard = condition.acquire().await;
    let task = spawn(async { drop(guard.wait().await) });
    let victim = task.clone();
    spawn(async move { victim.cancel() });
    assert_eq!(task.join().await, Err(Cancelled));
    assert_eq!(shown("waiting", condition), 0);
    assert!(!condition.locked());
}

/// `test_locks.ConditionTests.test_wait_cancel_contested`
///
/// Cancelled in the moment in which the lock comes back to it. Other than in asyncio, the waiter
/// that is cancelled all the same does not hold the lock.
async fn wait_cancel_contested() {
    let condition = leak(Condition::new());
    let guard = condition.acquire().await;
    let task = spawn(guard.wait());
    turn().await;
    assert!(!condition.locked());

    let guard = condition.acquire().await;
    guard.notify(1);
    let victim = task.clone();
    spawn(async move { victim.cancel() });
    spawn(async move { drop(guard) });
    let kept = task.join().await.ok();
    assert_eq!(kept.is_some(), value_wins());
    assert_eq!(condition.locked(), value_wins());
}

/// `test_locks.ConditionTests.test_wait_cancel_after_notify`
async fn wait_cancel_after_notify() {
    let (condition, began) = (leak(Condition::new()), leak(Cell::new(false)));
    let waiter = spawn(async {
        let guard = condition.acquire().await;
        began.set(true);
        drop(guard.wait().await);
    });
    turn().await;

    let guard = condition.acquire().await;
    guard.notify(1);
    turn().await; // now it is in line for the lock
    waiter.cancel();
    turn().await;
    drop(guard);
    turn().await;
    assert!(waiter.cancelled());
    assert!(began.get());
    assert!(!condition.locked());
}

/// `test_locks.ConditionTests.test_timeout_in_block`
async fn timeout_in_block() {
    let condition = Condition::new();
    let guard = condition.acquire().await;
    assert!(within(5, guard.wait()).await.is_none());
    assert_eq!(shown("waiting", &condition), 0);
}

/// Waits until woken up; catches its cancellation, notes what it says, and goes on unwinding.
fn catcher(
    condition: &'static Condition<bool>,
    said: &'static Cell<Option<String>>,
) -> (Task<Result<(), CancelledError>>, CancelHandle) {
    let (work, handle) = cancellable(async {
        let guard = condition.acquire().await;
        if let Err(cancelled) = catch_cancel(guard.wait_for(|wake| *wake)).await {
            said.set(cancelled.message().map(str::to_owned));
            cancelled.resume().await;
        }
    });
    (spawn(work), handle)
}

/// `test_locks.ConditionTests.test_cancelled_error_wakeup`
async fn cancelled_error_wakeup() {
    let (condition, said) = (leak(Condition::with(false)), leak(Cell::new(None)));
    let (task, handle) = catcher(condition, said);
    turn().await;

    assert!(handle.cancel_with("foo"));
    let error = task.join().await.unwrap().unwrap_err();
    assert_eq!(error.message(), Some("foo"));
    assert_eq!(said.take().as_deref(), Some("foo"));
}

/// `test_locks.ConditionTests.test_cancelled_error_re_aquire`
///
/// Other than in asyncio, the lock must not be free before it sees its cancellation: it would
/// take it and go on.
async fn cancelled_error_re_aquire() {
    let (condition, said) = (leak(Condition::with(false)), leak(Cell::new(None)));
    let (task, handle) = catcher(condition, said);
    turn().await;

    let mut guard = condition.acquire().await;
    *guard = true;
    guard.notify(1);
    turn().await; // now it is in line for the lock
    assert!(handle.cancel_with("foo"));
    turn().await;
    drop(guard);
    let error = task.join().await.unwrap().unwrap_err();
    assert_eq!(error.message(), Some("foo"));
    assert_eq!(said.take().as_deref(), Some("foo"));
}

/// Takes items off the count that the condition guards, until that is negative.
async fn consumer(condition: &Condition<i32>) {
    let mut guard = condition.acquire().await;
    loop {
        guard = guard.wait_for(|items| *items != 0).await;
        if *guard < 0 {
            return;
        }
        *guard -= 1;
    }
}

/// One of two consumers is woken for an item, and cancelled after `turns`: the item is consumed.
async fn cancelled_when_woken(turns: usize) {
    let condition = leak(Condition::with(0));
    let [first, second] = [(); 2].map(|()| spawn(consumer(condition)));
    turn().await;

    let mut guard = condition.acquire().await;
    *guard += 1;
    guard.notify(1);
    for _ in 0..turns {
        turn().await;
    }
    first.cancel();
    let consumed = guard.wait_for(|items| *items == 0);
    assert!(within(10, consumed).await.is_none(), "nobody notifies us");

    let mut guard = condition.acquire().await;
    assert_eq!(*guard, 0);
    assert!(first.cancelled());
    *guard = -1;
    guard.notify_all();
    drop(guard);
    assert_eq!(second.join().await, Ok(()));
}

/// `test_locks.ConditionTests.test_cancelled_wakeup`
///
/// S-COND-4: cancelled as soon as it was notified.
async fn cancelled_wakeup() {
    cancelled_when_woken(0).await;
}

/// `test_locks.ConditionTests.test_cancelled_wakeup_relock`
///
/// S-COND-4: cancelled while it is in line for the lock.
async fn cancelled_wakeup_relock() {
    cancelled_when_woken(1).await;
}
