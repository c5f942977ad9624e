//! Every wait, given up at each of its suspensions: nothing is lost, nobody is left behind.
//!
//! A victim waits between two others. It is given up in each way there is: tulipa cancels its task
//! (and a value that is ready wins); or its future is dropped, as a lost race or another runtime
//! does it, when it suspends and when it has been woken. Whatever happens, the two others come to
//! their end, and then the primitive is as it was.

use std::future::poll_fn;
use std::task::Poll;

use tulipa_task::create_task;
use tulipa_test::{CancelPoint, When, cancel_at_every_suspension};

use super::kind::{
    Barrier, BoundedSemaphore, CapacityLimiter, Condition, Event, Lock, Pointer, Semaphore,
};
use crate::on::{self, Body, leak, spawn, turn};
use crate::support::shown;

/// Three parts around one primitive, each a task of its own, started in this order.
pub(super) struct Scenario<P: 'static> {
    pub(super) make: fn() -> P,
    pub(super) before: fn(&'static P) -> Body,
    pub(super) victim: fn(&'static P) -> Body,
    pub(super) after: fn(&'static P) -> Body,
    /// What must hold when all have ended.
    pub(super) check: fn(&P),
}

impl<P> Scenario<P> {
    /// Gives the victim up everywhere; gives how often it suspends if it is left alone.
    #[track_caller]
    pub(super) fn run(&self) -> usize {
        let &Self { make, before, victim, after, check } = self;
        let suspensions = cancel_at_every_suspension(|point: CancelPoint| async move {
            let primitive = leak(make());
            let first = create_task(before(primitive));
            let task = create_task(async move { point.victim(victim(primitive)).await });
            let last = create_task(after(primitive));
            first.await.unwrap();
            let _ = task.await;
            last.await.unwrap();
            check(primitive);
        });
        for run in [on::tulipa, on::tokio, on::smol] {
            for (when, at) in [When::Suspended, When::Woken].into_iter().flat_map(|when| {
                // Once more than it suspends: then it is left alone.
                (1..=suspensions + 1).map(move |at| (when, at))
            }) {
                run(Box::pin(async move {
                    let primitive = leak(make());
                    let first = spawn(before(primitive));
                    let task = spawn(drop_at(at, when, victim(primitive)));
                    let last = spawn(after(primitive));
                    first.join().await.unwrap();
                    let ended = task.join().await.unwrap();
                    last.join().await.unwrap();
                    assert_eq!(ended, at > suspensions, "dropped at {at} ({when:?})");
                    check(primitive);
                }));
            }
        }
        suspensions
    }
}

/// Drops the future at its suspension of that number; true if it came to its end before.
async fn drop_at(at: usize, when: When, future: Body) -> bool {
    let (mut future, mut suspensions) = (Some(future), 0);
    poll_fn(|cx| {
        if when == When::Woken && suspensions == at {
            future = None;
        }
        let Some(polled) = future.as_mut().map(|future| future.as_mut().poll(cx)) else {
            return Poll::Ready(false);
        };
        if polled.is_ready() {
            return Poll::Ready(true);
        }
        suspensions += 1;
        if when == When::Suspended && suspensions == at {
            future = None;
            return Poll::Ready(false);
        }
        Poll::Pending
    })
    .await
}

async fn turns(n: usize) {
    for _ in 0..n {
        turn().await;
    }
}

/// The scenario of something that is held and let go again, in somebody's name.
macro_rules! held {
    ($make:expr, |$primitive:ident, $name:ident| $acquire:expr, $check:expr) => {
        Scenario {
            make: || $make,
            before: |$primitive| {
                Box::pin(async {
                    let $name = 0_u8;
                    let held = $acquire.await;
                    turns(2).await;
                    drop(held);
                })
            },
            victim: |$primitive| Box::pin(held!(twice, $name = 1_u8, $acquire)),
            after: |$primitive| Box::pin(held!(twice, $name = 2_u8, $acquire)),
            check: $check,
        }
        .run()
    };
    (twice, $name:ident = $value:expr, $acquire:expr) => {
        async {
            for _ in 0..2 {
                let $name = $value;
                let held = $acquire.await;
                turns(1).await;
                drop(held);
            }
        }
    };
}

/// S-LOCK-4
#[test]
fn lock_acquire() {
    let check = |lock: &Lock| assert_eq!((lock.locked(), shown("waiting", lock)), (false, 0));
    assert_eq!(held!(Lock::new(), |lock, _name| lock.acquire(), check), 4);
}

/// S-LOCK-4
#[test]
fn lock_acquire_owned() {
    let check = |lock: &Pointer<Lock>| {
        assert_eq!((lock.locked(), shown("waiting", lock)), (false, 0));
        assert_eq!(Pointer::strong_count(lock), 1);
    };
    assert_eq!(held!(Pointer::new(Lock::new()), |lock, _name| lock.acquire_owned(), check), 4);
}

/// S-LOCK-4, for the lock of a condition.
#[test]
fn condition_acquire() {
    let check = |condition: &Condition| {
        assert!(!condition.locked());
        assert!(condition.try_acquire().is_some(), "nobody is in line");
    };
    assert_eq!(held!(Condition::new(), |condition, _name| condition.acquire(), check), 4);
}

/// The semaphore has its permit again, and nobody is in line.
macro_rules! assert_free {
    ($semaphore:expr) => {
        assert_eq!(($semaphore.value(), shown("waiting", $semaphore)), (1, 0))
    };
}

/// S-SEM-3
#[test]
fn semaphore_acquire() {
    let plain = held!(Semaphore::new(1), |s, _name| s.acquire(), |s| assert_free!(s));
    let bounded = held!(BoundedSemaphore::new(1), |s, _name| s.acquire(), |s| assert_free!(s));
    assert_eq!((plain, bounded), (4, 4));
}

/// S-SEM-3
#[test]
fn semaphore_acquire_owned() {
    let plain = held!(Pointer::new(Semaphore::new(1)), |s, _name| s.acquire_owned(), |s| {
        assert_free!(s);
        assert_eq!(Pointer::strong_count(s), 1);
    });
    let bounded =
        held!(Pointer::new(BoundedSemaphore::new(1)), |s, _name| s.acquire_owned(), |s| {
            assert_free!(s);
            assert_eq!(Pointer::strong_count(s), 1);
        });
    assert_eq!((plain, bounded), (4, 4));
}

#[track_caller]
fn assert_nothing_lent(limiter: &CapacityLimiter<u8>) {
    assert_eq!((limiter.borrowed_tokens(), shown("waiting", limiter)), (0, 0));
    for name in 0..3 {
        assert!(limiter.try_acquire(name).is_ok(), "{name} is still known");
    }
}

#[test]
fn limiter_acquire() {
    let acquire = held!(
        CapacityLimiter::new(1),
        |limiter, name| async { limiter.acquire(name).await.unwrap() },
        assert_nothing_lent
    );
    assert_eq!(acquire, 4);
}

#[test]
fn limiter_acquire_owned() {
    let acquire = held!(
        Pointer::new(CapacityLimiter::new(1)),
        |limiter, name| async { limiter.acquire_owned(name).await.unwrap() },
        |limiter| {
            assert_nothing_lent(limiter);
            assert_eq!(Pointer::strong_count(limiter), 1);
        }
    );
    assert_eq!(acquire, 4);
}

/// S-EVENT-1
#[test]
fn event_wait() {
    let scenario = Scenario {
        make: Event::new,
        before: |event| {
            Box::pin(async {
                for _ in 0..2 {
                    turns(2).await;
                    event.set();
                    event.clear();
                }
                turns(2).await;
                event.set();
            })
        },
        victim: |event| {
            Box::pin(async {
                event.wait().await;
                event.wait().await;
            })
        },
        after: |event| Box::pin(event.wait()),
        check: |event| assert_eq!((event.is_set(), shown("waiting", event)), (true, 0)),
    };
    assert_eq!(scenario.run(), 2);
}

/// One notification goes from one to the next: who goes away with it must pass it on.
macro_rules! relay {
    (|$guard:ident| $wait:expr) => {
        Scenario {
            make: || Condition::with(false),
            before: |condition| {
                Box::pin(async {
                    turns(2).await;
                    let mut guard = condition.acquire().await;
                    *guard = true;
                    guard.notify(1);
                    turns(2).await; // whoever was notified is in line for the lock
                })
            },
            victim: |condition| {
                Box::pin(async {
                    let $guard = condition.acquire().await;
                    let guard = $wait;
                    guard.notify(1);
                    turns(1).await;
                })
            },
            after: |condition| {
                Box::pin(async {
                    let $guard = condition.acquire().await;
                    drop($wait);
                })
            },
            check: |condition| {
                let guard = condition.try_acquire().expect("the lock is free, nobody is in line");
                assert!(*guard);
                assert_eq!(shown("waiting", condition), 0);
            },
        }
        .run()
    };
}

/// S-COND-4; dropped while it waits it does not hold the lock (S-COND-3).
#[test]
fn condition_wait() {
    let suspensions = relay!(|guard| {
        let mut guard = guard;
        while !*guard {
            guard = guard.wait().await;
        }
        guard
    });
    assert_eq!(suspensions, 3);
}

/// S-COND-4
#[test]
fn condition_wait_for() {
    assert_eq!(relay!(|guard| guard.wait_for(|ready| *ready).await), 3);
}

#[track_caller]
fn assert_fills(barrier: &Barrier) {
    assert_eq!(format!("{barrier:?}"), "Barrier { phase: Filling, parties: 2, inside: 0, .. }");
}

/// Comes to a barrier of two whenever somebody waits alone there.
fn second(barrier: &'static Barrier) -> Body {
    Box::pin(async {
        for _ in 0..10 {
            turn().await;
            if barrier.n_waiting() == 1 {
                barrier.wait().await.unwrap();
            }
        }
    })
}

/// S-BARRIER-3: inside, while it fills and while it drains.
#[test]
fn barrier_wait_inside() {
    let scenario = Scenario {
        make: || Barrier::new(2),
        before: |barrier| {
            Box::pin(async {
                turns(2).await;
                barrier.wait().await.unwrap();
            })
        },
        victim: |barrier| {
            Box::pin(async {
                barrier.wait().await.unwrap();
                barrier.wait().await.unwrap();
            })
        },
        after: second,
        check: assert_fills,
    };
    assert_eq!(scenario.run(), 2);
}

/// S-BARRIER-2, S-BARRIER-3: outside, while others drain.
#[test]
fn barrier_wait_outside() {
    let scenario = Scenario {
        make: || Barrier::new(2),
        before: |barrier| {
            Box::pin(async {
                // The second to come finds the first there, who leaves a turn later.
                let both = futures_lite::future::zip(barrier.wait(), barrier.wait()).await;
                assert_eq!(both, (Ok(0), Ok(1)));
            })
        },
        victim: |barrier| Box::pin(async { assert!(barrier.wait().await.is_ok()) }),
        after: second,
        check: assert_fills,
    };
    assert_eq!(scenario.run(), 2);
}
