//! Locks, from `test_locks.LockTests`.

use super::super::kind::{Event, Lock, LockGuard};
use crate::on::{Cancelled, Log, leak, on_each_executor, spawn, turn, value_wins};
use crate::support::shown;

on_each_executor![
    acquire,
    acquire_cancel,
    cancel_race,
    cancel_release_race,
    finished_waiter_cancelled,
    release_no_waiters,
    context_manager,
];

/// `test_locks.LockTests.test_repr`
#[test]
fn repr() {
    let lock = Lock::new();
    assert_eq!(format!("{lock:?}"), "Lock { locked: false, waiting: 0, .. }");
    let _guard = lock.try_acquire();
    assert_eq!(format!("{lock:?}"), "Lock { locked: true, waiting: 0, .. }");
}

/// `test_locks.LockTests.test_acquire`
///
/// S-LOCK-2, S-LOCK-3: who comes after a release queues behind the one it woke.
async fn acquire() {
    let (lock, log) = (leak(Lock::new()), Log::new());
    let hold = |n| {
        spawn(async move {
            LockGuard::forget(lock.acquire().await);
            log.add(n);
        })
    };
    LockGuard::forget(lock.acquire().await);
    let (one, two) = (hold(1), hold(2));
    turn().await;
    assert_eq!(log.all(), []);

    lock.release().unwrap();
    turn().await;
    assert_eq!(log.all(), [1]);
    turn().await;
    assert_eq!(log.all(), [1]);

    let three = hold(3);
    lock.release().unwrap();
    turn().await;
    assert_eq!(log.all(), [1, 2]);
    lock.release().unwrap();
    turn().await;
    assert_eq!(log.all(), [1, 2, 3]);
    assert!([one, two, three].iter().all(|task| task.done() && !task.cancelled()));
}

/// `test_locks.LockTests.test_acquire_cancel`
async fn acquire_cancel() {
    let lock = leak(Lock::new());
    let _guard = lock.acquire().await;
    let task = spawn(async { drop(lock.acquire().await) });
    let victim = task.clone();
    spawn(async move { victim.cancel() });
    assert_eq!(task.join().await, Err(Cancelled));
    assert_eq!(shown("waiting", lock), 0);
    assert!(lock.locked());
}

/// `test_locks.LockTests.test_cancel_race`
///
/// B is cancelled in the moment in which A releases; the lock comes to C. Other than in asyncio,
/// where a value wins B has its turn with the lock: it was given to it before the cancellation was
/// seen.
async fn cancel_race() {
    async fn lock_it(lock: &Lock, blocker: Option<&Event>) {
        let _guard = lock.acquire().await;
        if let Some(blocker) = blocker {
            blocker.wait().await;
        }
    }

    let (lock, blocker) = (leak(Lock::new()), leak(Event::new()));
    let a = spawn(lock_it(lock, Some(blocker)));
    turn().await;
    assert!(lock.locked());
    let b = spawn(lock_it(lock, None));
    turn().await;
    assert_eq!(shown("waiting", lock), 1);
    let c = spawn(lock_it(lock, None));
    turn().await;
    assert_eq!(shown("waiting", lock), 2);

    blocker.set();
    b.cancel();
    turn().await;
    assert!(!lock.locked());
    assert!(a.done());
    assert_eq!(b.cancelled(), !value_wins());
    assert_eq!(c.join().await, Ok(()));
}

/// `test_locks.LockTests.test_cancel_release_race`
///
/// One task is cancelled and the lock released in one go: it comes to one task, not to two. Other
/// than in asyncio, where a value wins it is the one that was cancelled.
async fn cancel_release_race() {
    let (lock, calls, locks) = (leak(Lock::new()), Log::new(), Log::new());
    let hold = |n| {
        spawn(async move {
            calls.add(n);
            LockGuard::forget(lock.acquire().await);
            locks.add(n);
        })
    };
    LockGuard::forget(lock.acquire().await);
    let (one, two, three) = (hold(1), hold(2), hold(3));
    turn().await;

    let victim = one.clone();
    spawn(async move {
        victim.cancel();
        lock.release().unwrap();
    });
    assert_eq!(one.join().await.is_ok(), value_wins());
    turn().await;
    assert_eq!(locks.all(), [if value_wins() { 1 } else { 2 }]);
    assert_eq!(calls.all(), [1, 2, 3]);
    assert_eq!((two.done(), three.done()), (!value_wins(), false));

    three.cancel();
    turn().await;
    assert!(three.cancelled());
}

/// `test_locks.LockTests.test_finished_waiter_cancelled`
///
/// S-LOCK-4: cancelled after it was woken, it hands the wake-up on. Other than in asyncio, where a
/// value wins it keeps the lock.
async fn finished_waiter_cancelled() {
    let lock = leak(Lock::new());
    let hold = || spawn(async { LockGuard::forget(lock.acquire().await) });
    LockGuard::forget(lock.acquire().await);
    let b = hold();
    turn().await;
    assert_eq!(shown("waiting", lock), 1);

    let c = hold();
    b.cancel();
    lock.release().unwrap();
    turn().await;
    turn().await;
    assert!(lock.locked());
    assert_eq!(b.cancelled(), !value_wins());
    if value_wins() {
        lock.release().unwrap();
    }
    assert_eq!(c.join().await, Ok(()));
    assert!(lock.locked());
}

/// `test_locks.LockTests.test_release_not_acquired`
#[test]
fn release_not_acquired() {
    assert!(Lock::new().release().is_err());
}

/// `test_locks.LockTests.test_release_no_waiters`
async fn release_no_waiters() {
    let lock = Lock::new();
    LockGuard::forget(lock.acquire().await);
    assert!(lock.locked());
    assert_eq!(lock.release(), Ok(()));
    assert!(!lock.locked());
}

/// `test_locks.LockTests.test_context_manager`
async fn context_manager() {
    let lock = Lock::new();
    assert!(!lock.locked());
    {
        let _guard = lock.acquire().await;
        assert!(lock.locked());
    }
    assert!(!lock.locked());
}
