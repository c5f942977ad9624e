//! asyncio statements S-COND-1 to 4, and dropping a wait in each of its steps.

use super::kind::Condition;
use crate::support::{Bells, now};

/// S-COND-1 is a fact of the types: only a guard can wait and notify. (Examples of `Condition` that
/// do not compile show it.)
#[test]
fn the_lock_is_released_while_waiting_and_held_after() {
    let (condition, bells) = (Condition::with(0), Bells::new());
    let mut a = bells.hold('a', now(condition.acquire()).wait());
    assert!(condition.locked(), "released by the first poll, not before");
    a.waits();
    assert!(!condition.locked());

    let mut guard = now(condition.acquire());
    *guard = 7;
    guard.notify(1);
    assert_eq!(bells.rung(), ['a']);
    a.waits(); // notified, but the lock is not free
    drop(guard);
    assert_eq!(bells.rung(), ['a']);
    let guard = a.ready();
    assert!(condition.locked());
    assert_eq!(*guard, 7);
}

/// S-COND-2: `notify(n)` wakes up to n that were not woken yet, in order of arrival.
#[test]
fn notify_wakes_the_oldest_that_were_not_woken_yet() {
    let (condition, bells) = (Condition::new(), Bells::new());
    let mut hands: Vec<_> =
        (0..5).map(|i| bells.waiting(i, now(condition.acquire()).wait())).collect();
    let guard = now(condition.acquire());
    guard.notify(2);
    assert_eq!(bells.rung(), [0, 1]);
    guard.notify(1);
    assert_eq!(bells.rung(), [2]);
    guard.notify(0);
    assert_eq!(bells.rung(), []);
    guard.notify(10);
    assert_eq!(bells.rung(), [3, 4]);
    drop(guard);
    // Who was notified later may come to the lock first: it queues there when it runs.
    for hand in hands.iter_mut().rev() {
        drop(hand.ready());
    }
}

/// S-COND-2: all, and more than a batch of wakers.
#[test]
fn notify_all_wakes_all_in_order() {
    let (condition, bells) = (Condition::new(), Bells::new());
    let mut hands: Vec<_> =
        (0..40).map(|i| bells.waiting(i, now(condition.acquire()).wait())).collect();
    let guard = now(condition.acquire());
    guard.notify_all();
    assert!(bells.rung().into_iter().eq(0..40));
    drop(guard);
    for hand in &mut hands {
        drop(hand.ready());
    }
    assert_eq!(bells.rung(), []);
}

/// S-COND-2: each of those notified has to take the lock again, first come first served.
#[test]
fn the_notified_queue_for_the_lock() {
    let (condition, bells) = (Condition::new(), Bells::new());
    let mut a = bells.waiting('a', now(condition.acquire()).wait());
    let mut b = bells.waiting('b', now(condition.acquire()).wait());
    let guard = now(condition.acquire());
    guard.notify_all();
    let mut before = bells.waiting('x', condition.acquire());
    bells.rung();
    a.waits();
    b.waits();
    drop(guard);
    assert_eq!(bells.rung(), ['x']);
    drop(before.ready());
    assert_eq!(bells.rung(), ['a']);
    let held = a.ready();
    assert_eq!(bells.rung(), []);
    drop(held);
    assert_eq!(bells.rung(), ['b']);
    drop(b.ready());
}

/// S-COND-2: a notification that finds nobody is lost.
#[test]
fn a_notification_without_waiters_is_lost() {
    let (condition, bells) = (Condition::new(), Bells::new());
    now(condition.acquire()).notify_all();
    let mut a = bells.waiting('a', now(condition.acquire()).wait());
    a.waits();
}

/// S-COND-2: `wait_for` asks with the lock held, until the answer is yes.
#[test]
fn wait_for_waits_until_the_predicate_is_true() {
    let (condition, bells) = (Condition::with(0), Bells::new());
    let mut asked = 0;
    let mut a = bells.waiting(
        'a',
        now(condition.acquire()).wait_for(|n| {
            asked += 1;
            *n >= 2
        }),
    );
    for n in 1..=2 {
        let mut guard = now(condition.acquire());
        *guard = n;
        guard.notify_all();
        drop(guard);
        assert_eq!(bells.rung(), ['a']);
        if n == 1 {
            a.waits();
            assert!(!condition.locked());
        }
    }
    assert_eq!(*a.ready(), 2);
    drop(a);
    assert_eq!(asked, 3);
}

/// S-COND-2: what is true already is not waited for.
#[test]
fn wait_for_what_is_true_does_not_suspend() {
    let condition = Condition::with(5);
    let guard = now(now(condition.acquire()).wait_for(|n| *n == 5));
    assert!(condition.locked());
    drop(guard);
    assert!(!condition.locked());
}

/// S-COND-3, differently on purpose: a wait that is dropped does not hold the lock.
#[test]
fn a_dropped_wait_does_not_hold_the_lock() {
    let (condition, bells) = (Condition::new(), Bells::new());
    // Not polled yet: it still held the lock, and lets go.
    drop(now(condition.acquire()).wait());
    assert!(!condition.locked());
    // Waiting.
    drop(bells.waiting('a', now(condition.acquire()).wait()));
    assert!(!condition.locked());
    now(condition.acquire()).notify_all();
    assert_eq!(bells.rung(), []);
    // Done: the guard is elsewhere, and still holds.
    let mut a = bells.waiting('a', now(condition.acquire()).wait());
    now(condition.acquire()).notify_all();
    let guard = a.ready();
    drop(a);
    assert!(condition.locked());
    drop(guard);
    assert!(!condition.locked());
}

/// S-COND-4: a waiter that was notified and goes away passes the notification on.
#[test]
fn a_notified_waiter_that_is_dropped_notifies_the_next() {
    let (condition, bells) = (Condition::new(), Bells::new());
    let a = bells.waiting('a', now(condition.acquire()).wait());
    let b = bells.waiting('b', now(condition.acquire()).wait());
    let mut c = bells.waiting('c', now(condition.acquire()).wait());
    drop(b); // was not notified: nothing to pass on
    now(condition.acquire()).notify(1);
    assert_eq!(bells.rung(), ['a']);
    drop(a);
    assert_eq!(bells.rung(), ['c']);
    drop(c.ready());
}

/// S-COND-4: also while it queues for the lock; and its place there goes to the next.
#[test]
fn a_waiter_dropped_while_it_queues_for_the_lock_passes_both_on() {
    let (condition, bells) = (Condition::new(), Bells::new());
    let mut a = bells.waiting('a', now(condition.acquire()).wait());
    let mut b = bells.waiting('b', now(condition.acquire()).wait());
    let guard = now(condition.acquire());
    guard.notify(1);
    a.waits();
    let mut next = bells.waiting('n', condition.acquire());
    drop(guard);
    assert_eq!(bells.rung(), ['a', 'a']); // notified, then handed the lock
    drop(a);
    assert_eq!(bells.rung(), ['n', 'b']);
    drop(next.ready());
    drop(b.ready());
    assert!(!condition.locked());
}

#[test]
fn a_wait_for_passes_on_as_a_wait_does() {
    let (condition, bells) = (Condition::with(0), Bells::new());
    let a = bells.waiting('a', now(condition.acquire()).wait_for(|n| *n > 0));
    let mut b = bells.waiting('b', now(condition.acquire()).wait_for(|n| *n > 0));
    let mut guard = now(condition.acquire());
    *guard = 1;
    guard.notify(1);
    drop(guard);
    drop(a);
    assert_eq!(bells.rung(), ['a', 'b']);
    assert_eq!(*b.ready(), 1);
}

/// The lock of a condition is as fair as a lock: S-LOCK-3, S-LOCK-4.
#[test]
fn the_lock_of_a_condition_is_fair() {
    let (condition, bells) = (Condition::new(), Bells::new());
    let guard = condition.try_acquire().unwrap();
    let a = bells.waiting('a', condition.acquire());
    let mut b = bells.waiting('b', condition.acquire());
    drop(guard);
    assert!(condition.try_acquire().is_none());
    drop(a);
    assert_eq!(bells.rung(), ['a', 'b']);
    drop(b.ready());
}

#[test]
fn a_condition_owns_its_value() {
    let mut condition = Condition::with(1);
    *condition.get_mut() += 1;
    {
        let guard = now(condition.acquire());
        assert_eq!(
            (format!("{guard}"), format!("{guard:?}")),
            ("2".into(), "ConditionGuard(2)".into())
        );
    }
    assert_eq!(condition.into_inner(), 2);
    assert_eq!(*now(Condition::from(3).acquire()), 3);
    assert_eq!(*now(Condition::<u8>::default().acquire()), 0);
    assert_eq!(
        format!("{:?}", Condition::new()),
        "Condition { lock: Lock { locked: false, waiting: 0, .. }, waiting: 0 }"
    );
}

#[test]
#[should_panic(expected = "polled after it was ready")]
fn a_wait_polled_after_it_was_ready_says_so() {
    let (condition, bells) = (Condition::new(), Bells::new());
    let mut a = bells.waiting('a', now(condition.acquire()).wait());
    now(condition.acquire()).notify(1);
    drop(a.ready());
    let _ = a.poll();
}
