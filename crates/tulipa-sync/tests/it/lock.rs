//! asyncio statements S-LOCK-1 to 6, the guards, the explicit release, cancellation.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use super::kind::{Lock, LockGuard, Pointer};
use crate::on::{self, leak};
use crate::support::{Bells, now};

/// S-LOCK-1: an uncontended acquire does not yield.
#[test]
fn an_uncontended_acquire_does_not_suspend() {
    let lock = Lock::new();
    for _ in 0..3 {
        let guard = now(lock.acquire());
        assert!(lock.locked());
        drop(guard);
        assert!(!lock.locked());
    }
}

/// S-LOCK-2: release wakes the head only, and the lock is free until that waiter runs.
#[test]
fn release_wakes_the_head_only() {
    let (lock, bells) = (Lock::new(), Bells::new());
    let guard = now(lock.acquire());
    let mut a = bells.waiting('a', lock.acquire());
    let mut b = bells.waiting('b', lock.acquire());
    drop(guard);
    assert_eq!(bells.rung(), ['a']);
    assert!(!lock.locked());

    let guard = a.ready();
    assert!(lock.locked());
    b.waits();
    assert_eq!(bells.rung(), []);
    drop(guard);
    assert_eq!(bells.rung(), ['b']);
    drop(b.ready());
}

/// S-LOCK-3: between release and the waiter's run a newcomer cannot barge in.
#[test]
fn a_newcomer_queues_behind_the_woken_waiter() {
    let (lock, bells) = (Lock::new(), Bells::new());
    let guard = now(lock.acquire());
    let mut a = bells.waiting('a', lock.acquire());
    drop(guard);
    assert!(!lock.locked());
    assert!(lock.try_acquire().is_none());
    let mut newcomer = bells.waiting('n', lock.acquire());
    drop(a.ready());
    assert_eq!(bells.rung(), ['a', 'n']);
    drop(newcomer.ready());
    assert!(lock.try_acquire().is_some());
}

/// S-LOCK-3: strictly first come first served, whoever is polled first.
#[test]
fn waiters_get_it_in_order_of_arrival() {
    let (lock, bells) = (Lock::with(Vec::new()), Bells::new());
    let guard = now(lock.acquire());
    let mut hands: Vec<_> = (0..20).map(|i| bells.waiting(i, lock.acquire())).collect();
    drop(guard);
    for i in 0..20 {
        assert_eq!(bells.rung(), [i]);
        for other in (0..20).filter(|other| *other > i) {
            hands[other].waits();
        }
        hands[i].ready().push(i);
    }
    drop(hands);
    assert!(lock.into_inner().into_iter().eq(0..20));
}

/// S-LOCK-4: a woken waiter that is cancelled hands the wake-up to the next.
#[test]
fn a_woken_waiter_that_is_dropped_hands_on() {
    let (lock, bells) = (Lock::new(), Bells::new());
    let guard = now(lock.acquire());
    let a = bells.waiting('a', lock.acquire());
    let b = bells.waiting('b', lock.acquire());
    let mut c = bells.waiting('c', lock.acquire());
    drop(b);
    assert_eq!(bells.rung(), []);
    drop(guard);
    assert_eq!(bells.rung(), ['a']);
    drop(a);
    assert_eq!(bells.rung(), ['c']);
    drop(c.ready());
    assert!(!lock.locked());
    drop(now(lock.acquire()));
}

/// S-LOCK-4: the last in line, dropped when woken, leaves the lock free.
#[test]
fn the_last_woken_waiter_dropped_leaves_the_lock_free() {
    let (lock, bells) = (Lock::new(), Bells::new());
    let guard = now(lock.acquire());
    let a = bells.waiting('a', lock.acquire());
    drop(guard);
    drop(a);
    assert!(!lock.locked());
    drop(now(lock.acquire()));
}

/// S-LOCK-4: a waiter that leaves before it was woken wakes nobody.
#[test]
fn a_waiter_that_was_not_woken_leaves_quietly() {
    let (lock, bells) = (Lock::new(), Bells::new());
    let guard = now(lock.acquire());
    let mut hands: Vec<_> = (0..5).map(|i| bells.waiting(i, lock.acquire())).collect();
    hands.remove(4);
    hands.remove(2);
    hands.remove(0);
    assert_eq!(bells.rung(), []);
    drop(guard);
    assert_eq!(bells.rung(), [1]);
    drop(hands.remove(0).ready());
    assert_eq!(bells.rung(), [3]);
    drop(hands.remove(0).ready());
    assert!(!lock.locked());
}

/// S-LOCK-5: any task may release; releasing what is not held is an error.
#[test]
fn anybody_may_release_a_forgotten_hold() {
    let (lock, bells) = (Lock::new(), Bells::new());
    assert!(lock.release().is_err());
    LockGuard::forget(now(lock.acquire()));
    assert!(lock.locked());
    let mut a = bells.waiting('a', lock.acquire());
    assert_eq!(lock.release(), Ok(()));
    assert_eq!(bells.rung(), ['a']);
    let error = lock.release().unwrap_err();
    assert!(error.to_string().contains("not held"), "{error}");
    drop(a.ready());
}

/// S-LOCK-5: not re-entrant.
#[test]
fn the_lock_is_not_reentrant() {
    let (lock, bells) = (Lock::new(), Bells::new());
    let _guard = now(lock.acquire());
    bells.waiting('a', lock.acquire());
}

/// S-LOCK-6 has no counterpart: a lock knows of no loop. One loop takes it, another waits for it in
/// vain, and a third gets it.
#[test]
fn a_lock_belongs_to_no_loop() {
    let lock = leak(Lock::with(0));
    let (guard, waiter) = (leak(RefCell::new(None)), leak(RefCell::new(Box::pin(lock.acquire()))));
    let poll = |cx: &mut Context<'_>| waiter.borrow_mut().as_mut().poll(cx);
    on::tulipa(Box::pin(async { drop(guard.replace(Some(lock.acquire().await))) }));
    on::tokio(Box::pin(poll_fn(move |cx| {
        assert!(poll(cx).is_pending());
        Poll::Ready(())
    })));
    drop(guard.take());
    on::smol(Box::pin(async move { *poll_fn(poll).await += 1 }));
    assert_eq!(lock.try_acquire().as_deref(), Some(&1));
}

#[test]
fn the_waker_of_the_last_poll_is_the_one_woken() {
    let (lock, bells) = (Lock::new(), Bells::new());
    let guard = now(lock.acquire());
    let mut a = bells.waiting('a', lock.acquire());
    let _b = bells.waiting('b', lock.acquire());
    a.set_waker(bells.waker('A'));
    a.waits();
    drop(guard);
    assert_eq!(bells.rung(), ['A']);
}

#[test]
fn a_future_that_was_never_polled_is_in_no_line() {
    let lock = Lock::new();
    let unpolled = lock.acquire();
    let guard = now(lock.acquire());
    drop(unpolled);
    drop(guard);
    drop(now(lock.acquire()));
}

#[test]
fn the_guard_leads_to_the_value() {
    let mut lock = Lock::with(String::from("a"));
    let mut guard = now(lock.acquire());
    guard.push('b');
    assert_eq!(guard.to_string(), "ab");
    assert_eq!(format!("{guard:?}"), r#"LockGuard("ab")"#);
    assert!(LockGuard::lock(&guard).locked());
    drop(guard);
    lock.get_mut().push('c');
    assert_eq!(lock.into_inner(), "abc");
    assert_eq!(*now(Lock::from(7).acquire()), 7);
    assert_eq!(*now(Lock::<u8>::default().acquire()), 0);
}

#[test]
fn an_owned_guard_keeps_the_lock_alive() {
    let bells = Bells::new();
    let lock = Pointer::new(Lock::with(5));
    let mut guard = now(lock.acquire_owned());
    let mut next = bells.waiting('a', lock.acquire_owned());
    let dropped = bells.waiting('b', lock.acquire_owned());
    let mut last = bells.waiting('c', lock.acquire_owned());
    assert!(lock.try_acquire_owned().is_none());
    drop(lock);
    *guard += 1;
    drop(guard);
    drop(dropped);
    assert_eq!(bells.rung(), ['a']);
    assert_eq!(*next.ready(), 6);
    assert_eq!(bells.rung(), ['c']);
    assert_eq!(format!("{:?}", last.ready()), "OwnedLockGuard(6)");
}

#[test]
fn a_lock_may_hold_what_has_no_size() {
    let lock: Box<Lock<[u8]>> = Box::new(Lock::with([1, 2, 3]));
    now(lock.acquire())[0] = 9;
    assert_eq!(*now(lock.acquire()), [9, 2, 3]);
}

#[test]
fn a_panic_under_the_guard_releases_the_lock() {
    let lock = Lock::with(0);
    let unwound = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let mut guard = now(lock.acquire());
        *guard = 1;
        panic!("on purpose");
    }));
    assert!(unwound.is_err());
    assert_eq!(*now(lock.acquire()), 1);
}

#[test]
fn debug_says_who_holds_and_who_waits() {
    let (lock, bells) = (Lock::new(), Bells::new());
    let guard = now(lock.acquire());
    let waiting = bells.waiting('a', lock.acquire());
    assert_eq!(format!("{lock:?}"), "Lock { locked: true, waiting: 1, .. }");
    assert_eq!(
        format!("{:?}", lock.acquire()),
        "Acquire { lock: Lock { locked: true, waiting: 1, .. } }"
    );
    drop((guard, waiting));
}

thread_local! {
    static SEEN_BY_WAKER: Lock = const { Lock::new() };
}

/// No guard is held while a waker is cloned, woken or dropped.
#[test]
fn a_waker_may_use_the_lock() {
    struct Peek;
    impl Wake for Peek {
        fn wake(self: Arc<Self>) {
            SEEN_BY_WAKER.with(|lock| {
                assert!(!lock.locked());
                assert!(lock.try_acquire().is_none(), "the woken one is first");
            });
        }
    }
    impl Drop for Peek {
        fn drop(&mut self) {
            SEEN_BY_WAKER.with(Lock::locked);
        }
    }
    SEEN_BY_WAKER.with(|lock| {
        let bells = Bells::new();
        let guard = now(lock.acquire());
        let mut a = bells.hold('a', lock.acquire());
        for _ in 0..2 {
            a.set_waker(Waker::from(Arc::new(Peek)));
            a.waits();
        }
        drop(guard);
        drop(a.ready());
    });
}
