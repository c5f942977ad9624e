//! Deadlines that are moved: by the body, by others, before and after their use.

use std::future::pending;
use std::task::Poll;
use std::time::{Duration, Instant};

use tulipa_cancel::CancelExt;
use tulipa_rt::enter;
use tulipa_task::create_task;
use tulipa_test::{HandPolled, TestLoop, cancel_at_every_suspension};
use tulipa_time::{Deadline, sleep, timeout_at, wait_for, yield_now};

const SECOND: Duration = Duration::from_secs(1);

/// Runs a future on a new loop, and says how long it took. Nothing may be left.
fn timed<F: Future<Output: 'static> + 'static>(future: F) -> (Duration, F::Output) {
    let test_loop = TestLoop::new();
    let start = test_loop.now();
    let value = test_loop.run_until_complete(future).unwrap();
    assert_eq!((test_loop.pending_tasks(), test_loop.armed_timers()), (0, 0));
    (test_loop.now() - start, value)
}

fn now() -> Instant {
    tulipa_rt::current().now()
}

#[test]
fn the_body_may_move_its_own_deadline() {
    let (took, ended) = timed(async {
        let deadline = Deadline::after(SECOND);
        let body = async {
            sleep(SECOND / 2).await;
            deadline.reschedule(now() + 9 * SECOND).unwrap();
            sleep(5 * SECOND).await;
        };
        (timeout_at(&deadline, body).await, deadline.expired())
    });
    assert_eq!((took, ended), (5 * SECOND + SECOND / 2, (Ok(()), false)));
}

#[test]
fn another_task_may_move_it_while_it_is_waited_for() {
    for (to, took) in [(3, 3), (9, 9), (0, 1)] {
        let (time, ended) = timed(async move {
            let deadline = Deadline::after(5 * SECOND);
            let (moved, start) = (deadline.clone(), now());
            let other = create_task(async move {
                sleep(SECOND).await;
                moved.reschedule(start + to * SECOND).unwrap();
            });
            let ended = timeout_at(&deadline, pending::<()>()).await;
            other.await.unwrap();
            (ended.is_err(), deadline.expired())
        });
        assert_eq!((time, ended), (took * SECOND, (true, true)), "moved to {to}");
    }
}

#[test]
fn without_a_deadline_it_waits_and_needs_no_loop() {
    let (took, ended) = timed(async {
        let deadline = Deadline::after(SECOND);
        deadline.reschedule(None).unwrap();
        assert_eq!(deadline.when(), None);
        let mut ended = timeout_at(&deadline, sleep(5 * SECOND)).await.is_ok();
        ended &= timeout_at(None, sleep(SECOND)).await.is_ok();
        ended & wait_for(sleep(SECOND), None).await.is_ok()
    });
    assert_eq!((took, ended), (7 * SECOND, true));

    let mut anywhere = HandPolled::new(wait_for(yield_now(), None));
    assert!(anywhere.poll().is_pending() && anywhere.is_woken());
    assert_eq!(anywhere.poll(), Poll::Ready(Ok(())));
}

/// asyncio statement S-TIMEOUT-2: what it refuses here is what cannot be taken back.
#[test]
fn once_it_has_expired_it_cannot_be_moved() {
    let (took, refused) = timed(async {
        let deadline = Deadline::after(SECOND);
        let in_cleanup = deadline.clone();
        let body = pending::<()>().finally(async || {
            assert!(in_cleanup.expired());
            assert!(in_cleanup.reschedule(now() + 9 * SECOND).is_err());
            sleep(SECOND).await;
        });
        assert!(timeout_at(&deadline, body).await.is_err());
        deadline.reschedule(None).is_err()
    });
    assert_eq!((took, refused), (2 * SECOND, true));
}

/// Otherwise than in asyncio (S-TIMEOUT-2): it may be set before its use, and used again.
#[test]
fn it_may_be_set_before_its_use_and_used_again() {
    let (took, ()) = timed(async {
        let deadline = Deadline::never();
        deadline.reschedule(now() + SECOND).unwrap();
        assert_eq!(timeout_at(&deadline, async { 1 }).await, Ok(1));
        deadline.reschedule(now() + 2 * SECOND).unwrap();
        assert!(timeout_at(&deadline, pending::<()>()).await.is_err());
        assert!(timeout_at(&deadline, sleep(SECOND)).await.is_err(), "it has passed");
        assert_eq!(timeout_at(&deadline, async { 2 }).await, Ok(2), "no suspension");
    });
    assert_eq!(took, 2 * SECOND);
}

#[test]
fn several_futures_end_with_one_deadline_and_are_moved_together() {
    let (took, ended) = timed(async {
        let deadline = Deadline::after(SECOND);
        let bounded = || create_task(timeout_at(&deadline, pending::<()>()));
        let tasks = [bounded(), bounded(), bounded()];
        yield_now().await;
        deadline.reschedule(now() + 4 * SECOND).unwrap();
        let mut ended = 0;
        for task in tasks {
            ended += u32::from(task.await.unwrap().is_err());
        }
        ended
    });
    assert_eq!((took, ended), (4 * SECOND, 3));
}

#[test]
fn a_value_under_an_expired_deadline_does_not_bring_it_back_to_life() {
    tulipa_test::run(async {
        let deadline = Deadline::after(SECOND);
        assert!(timeout_at(&deadline, pending::<()>()).await.is_err());
        assert_eq!(timeout_at(&deadline, async { 1 }).await, Ok(1));
        assert!(deadline.expired() && deadline.reschedule(None).is_err());

        // Side by side: one is told, the other has its value at that instant.
        let deadline = Deadline::after(SECOND);
        let told = create_task(timeout_at(&deadline, pending::<()>()));
        let has_a_value = create_task(timeout_at(&deadline, sleep(SECOND)));
        assert!(told.await.unwrap().is_err() && has_a_value.await.unwrap().is_ok());
        assert!(deadline.expired());

        let deadline = Deadline::never();
        deadline.reschedule_after(SECOND).unwrap();
        assert_eq!(timeout_at(&deadline, sleep(SECOND)).await, Ok(()));
        assert!(!deadline.expired(), "nobody was told");
    });
}

#[test]
fn a_move_wakes_only_who_waits() {
    let test_loop = TestLoop::new();
    enter(test_loop.runtime(), || {
        let deadline = Deadline::after(SECOND);
        let mut waits = HandPolled::new(timeout_at(&deadline, pending::<()>()));
        let mut ends = HandPolled::new(timeout_at(&deadline, yield_now()));
        assert!(waits.poll().is_pending() && ends.poll().is_pending());
        assert_eq!(ends.poll(), Poll::Ready(Ok(())));
        let before = ends.wakes();
        deadline.reschedule(None).unwrap();
        assert!(waits.is_woken() && ends.wakes() == before);
        assert!(waits.poll().is_pending());
        assert_eq!(test_loop.armed_timers(), 0);
        drop(waits);
        deadline.reschedule(now()).unwrap();
    });
}

#[test]
fn a_real_thread_may_move_it() {
    let test_loop = TestLoop::new();
    enter(test_loop.runtime(), || {
        let deadline = Deadline::after(9 * SECOND);
        let mut waits = HandPolled::new(timeout_at(&deadline, pending::<()>()));
        assert!(waits.poll().is_pending());
        let (moved, to) = (deadline.clone(), test_loop.now());
        std::thread::spawn(move || moved.reschedule(to)).join().unwrap().unwrap();
        assert!(waits.is_woken());
        assert!(matches!(waits.poll(), Poll::Ready(Err(_))));
    });
}

#[test]
fn cancelled_anywhere_it_leaves_no_timer_and_can_be_used_again() {
    let suspensions = cancel_at_every_suspension(|point| async move {
        let deadline = Deadline::after(2 * SECOND);
        let moved = deadline.clone();
        let task = create_task(async move {
            let body = async {
                sleep(SECOND).await;
                moved.reschedule(now() + 2 * SECOND).unwrap();
                sleep(9 * SECOND).finally(yield_now).await;
            };
            point.victim(timeout_at(&moved, body)).await
        });
        let by_deadline = task.await.is_ok_and(|ended| ended.is_err());
        // A cancellation may come on top of it, in the cleanup.
        assert!(deadline.expired() || !by_deadline);
    });
    assert_eq!(suspensions, 3, "moving it from inside is no suspension");
}

#[test]
fn it_says_when_it_is() {
    tulipa_test::run(async {
        let deadline = Deadline::default();
        assert_eq!(format!("{deadline:?}"), "Deadline { when: None, expired: false }");
        let when = now() + SECOND;
        for until in [Deadline::from(when), Deadline::from(Some(when)), Deadline::at(when)] {
            let bounded = timeout_at(until, async {});
            assert_eq!((bounded.when(), bounded.expired()), (Some(when), false));
        }
        assert!(format!("{:?}", timeout_at(when, async {})).contains("expired: false"));
    });
}
