//! Conditions, from `test_locks.ConditionTests`: waiting and notifying.

use super::super::kind::Condition;
use crate::on::{self, Log, leak, on_each_executor, spawn, turn};
use crate::support::{Bells, shown};

on_each_executor![wait, wait_for, notify, notify_all, context_manager];

/// `test_locks.ConditionTests.test_wait`
///
/// S-COND-2: each of those notified takes the lock again, one after the other.
async fn wait() {
    let (condition, log) = (leak(Condition::new()), Log::new());
    let [one, two, three] = [1, 2, 3].map(|n| {
        spawn(async move {
            let guard = condition.acquire().await.wait().await;
            log.add(n);
            guard
        })
    });
    turn().await;
    assert_eq!(log.all(), []);
    assert!(!condition.locked());

    let guard = condition.acquire().await;
    guard.notify(1);
    turn().await;
    assert_eq!(log.all(), []);
    assert!(condition.locked());

    drop(guard);
    turn().await;
    assert_eq!(log.all(), [1]);
    assert!(condition.locked());

    let guard = one.result();
    guard.notify(2);
    turn().await;
    assert_eq!(log.all(), [1]);
    assert!(condition.locked());

    drop(guard);
    turn().await;
    assert_eq!(log.all(), [1, 2]);
    assert!(condition.locked());

    drop(two.result());
    turn().await;
    assert_eq!(log.all(), [1, 2, 3]);
    assert!(condition.locked());
    drop(three.result());
    assert!(!condition.locked());
}

/// `test_locks.ConditionTests.test_wait_for`
async fn wait_for() {
    let (condition, log) = (leak(Condition::with(false)), Log::new());
    let task = spawn(async {
        drop(condition.acquire().await.wait_for(|ready| *ready).await);
        log.add(1);
    });
    turn().await;
    assert_eq!(log.all(), []);

    condition.acquire().await.notify(1);
    turn().await;
    assert_eq!(log.all(), []);

    let mut guard = condition.acquire().await;
    *guard = true;
    guard.notify(1);
    drop(guard);
    turn().await;
    assert_eq!(log.all(), [1]);
    assert_eq!(task.join().await, Ok(()));
}

/// `test_locks.ConditionTests.test_notify`
///
/// S-COND-2: more notifications than there are waiters do no harm.
async fn notify() {
    let (condition, log) = (leak(Condition::new()), Log::new());
    let tasks = [1, 2, 3].map(|n| {
        spawn(async move {
            drop(condition.acquire().await.wait().await);
            log.add(n);
        })
    });
    turn().await;
    assert_eq!(log.all(), []);

    condition.acquire().await.notify(1);
    turn().await;
    assert_eq!(log.all(), [1]);

    let guard = condition.acquire().await;
    guard.notify(1);
    guard.notify(2048);
    drop(guard);
    turn().await;
    assert_eq!(log.all(), [1, 2, 3]);
    assert!(tasks.iter().all(|task| task.done() && !task.cancelled()));
}

/// `test_locks.ConditionTests.test_notify_all`
async fn notify_all() {
    let (condition, log) = (leak(Condition::new()), Log::new());
    let tasks = [1, 2].map(|n| {
        spawn(async move {
            drop(condition.acquire().await.wait().await);
            log.add(n);
        })
    });
    turn().await;
    assert_eq!(log.all(), []);

    condition.acquire().await.notify_all();
    turn().await;
    assert_eq!(log.all(), [1, 2]);
    assert!(tasks.iter().all(|task| task.done() && !task.cancelled()));
}

/// `test_locks.ConditionTests.test_repr`
#[test]
fn repr() {
    let (condition, bells) = (Condition::new(), Bells::new());
    assert!(format!("{condition:?}").contains("locked: false"));
    let mut waiters = Vec::new();
    for n in 1..=2 {
        waiters.push(bells.waiting(n, condition.try_acquire().unwrap().wait()));
        assert_eq!(shown("waiting", &condition), n);
    }
    let _guard = condition.try_acquire().unwrap();
    assert!(format!("{condition:?}").contains("locked: true"));
}

/// `test_locks.ConditionTests.test_context_manager`
async fn context_manager() {
    let condition = Condition::new();
    assert!(!condition.locked());
    {
        let _guard = condition.acquire().await;
        assert!(condition.locked());
    }
    assert!(!condition.locked());
}

/// `test_locks.ConditionTests.test_ambiguous_loops`
///
/// S-LOCK-6, other than in asyncio: a condition belongs to no loop. Three loops wait for it by
/// turns.
#[test]
fn ambiguous_loops() {
    let condition = leak(Condition::with(0));
    for run in [on::tulipa, on::tokio, on::smol] {
        run(Box::pin(async move {
            let mut guard = condition.acquire().await;
            let rounds = *guard;
            let waiter = spawn(async move {
                drop(condition.acquire().await.wait_for(|n| *n > rounds).await);
            });
            turn().await;
            *guard += 1;
            drop(guard);
            turn().await;
            condition.acquire().await.notify_all();
            assert_eq!(waiter.join().await, Ok(()));
        }));
    }
    assert_eq!(condition.try_acquire().as_deref(), Some(&3));
}
