//! S-SHIELD: the work goes on, whatever becomes of the one who waits.

use std::cell::RefCell;
use std::future::pending;
use std::rc::Rc;

use futures_core::FusedFuture;
use tulipa_cancel::{Cancelled, catch_cancel};
use tulipa_combine::{gather, shield};
use tulipa_task::{Promise, create_task, current_task};
use tulipa_time::{sleep, timeout, yield_now};

use crate::support::{
    Log, Stopwatch, after, cancelled_after, fail, fail_after, panic_of, run, run_reporting, seconds,
};

/// S-SHIELD-1
#[test]
fn cancelling_the_awaiter_ends_it_at_once_and_the_work_goes_on() {
    run(async {
        let clock = Stopwatch::start();
        let work = shield(after(5, ()));
        let view = work.task_ref();
        let waiter = create_task(work);
        sleep(seconds(1)).await;
        waiter.cancel();
        assert!(waiter.await.unwrap_err().is_cancelled());
        assert_eq!(clock.seconds(), 1);
        assert_eq!((view.done(), view.cancelling()), (false, 0));
        sleep(seconds(5)).await;
        assert!(view.done() && !view.cancelled());
    });
}

/// S-SHIELD-2
#[test]
fn work_that_is_cancelled_itself_cancels_the_awaiter() {
    run(async {
        let work = shield(pending::<()>());
        let inner = work.task_ref();
        let waiter = create_task(work);
        let view = waiter.task_ref();
        yield_now().await;
        inner.cancel();
        assert!(waiter.await.unwrap_err().is_cancelled());
        assert_eq!(view.cancelling(), 0, "nobody asked the awaiter");
    });
}

/// S-SHIELD-3
#[test]
fn a_panic_after_the_awaiter_was_cancelled_is_reported_when_it_happens() {
    let ((), reports) = run_reporting(async {
        let waiter = create_task(shield(fail_after(3, "late")));
        sleep(seconds(1)).await;
        waiter.cancel();
        assert!(waiter.await.is_err());
    });
    assert_eq!(reports, ["Task exception was never retrieved: late"]);
}

/// S-SHIELD-4, other than in asyncio: the loop owns its tasks.
#[test]
fn with_nobody_left_the_work_is_kept_alive_by_its_loop() {
    let log = Log::default();
    let finished = log.clone();
    run(async move { drop(shield(async move { log.add(after(5, "finished").await) })) });
    assert_eq!(finished.take(), "finished");
}

#[test]
fn its_value_is_the_works() {
    run(async {
        assert_eq!(shield(after(1, 42)).await, 42);
        let promise = Promise::new();
        promise.set_result("promised").unwrap();
        assert_eq!(shield(promise).await.unwrap(), "promised");
    });
}

#[test]
fn a_panic_of_the_work_goes_on_in_the_awaiter() {
    run(async {
        assert_eq!(panic_of(shield(fail_after(1, "in the work"))).await, "in the work");
    });
}

#[test]
fn awaited_again_after_the_awaiter_was_cancelled_it_gives_the_value() {
    run(async {
        let clock = Stopwatch::start();
        let waiter = create_task(async {
            let mut work = shield(after(5, "kept"));
            let cancelled = catch_cancel(&mut work).await.unwrap_err();
            let value = work.await;
            cancelled.suppress();
            value
        });
        sleep(seconds(1)).await;
        waiter.cancel();
        assert_eq!((waiter.await.unwrap(), clock.seconds()), ("kept", 5));
    });
}

#[test]
fn a_value_that_is_there_when_the_awaiter_is_cancelled_wins() {
    run(async {
        let log = Rc::new(RefCell::new(None));
        let seen = log.clone();
        let waiter = create_task(async move {
            *seen.borrow_mut() = Some(shield(after(1, "value")).await);
            yield_now().await;
            unreachable!("the request is pending");
        });
        let canceller = waiter.task_ref();
        create_task(async move {
            sleep(seconds(1)).await; // wakes after the work, before the waiter
            canceller.cancel();
        })
        .detach();
        assert!(waiter.await.unwrap_err().is_cancelled());
        assert_eq!(log.take(), Some("value"));
    });
}

#[test]
fn a_shield_of_a_shield_protects_like_one() {
    run(async {
        let inner = shield(after(5, "value"));
        let work = inner.task_ref();
        let outer = shield(inner);
        let middle = outer.task_ref();
        let waiter = create_task(outer);
        sleep(seconds(1)).await;
        waiter.cancel();
        assert!(waiter.await.is_err());
        assert!(middle.cancel(), "and who cancels the outer work leaves the inner alone");
        yield_now().await;
        yield_now().await;
        assert!(middle.cancelled() && !work.done());
        sleep(seconds(5)).await;
        assert!(work.done() && !work.cancelled());
    });
}

#[test]
fn a_deadline_around_it_does_not_wait_for_the_work() {
    run(async {
        let clock = Stopwatch::start();
        let mut work = shield(after(5, "value"));
        assert!(timeout(seconds(2), &mut work).await.is_err());
        assert_eq!(clock.seconds(), 2);
        assert_eq!((work.await, clock.seconds()), ("value", 5));
    });
}

/// The task given is not cancelled with the one who awaits the shield; its end is its `Result`.
#[test]
fn a_task_in_a_shield_gives_its_result() {
    run(async {
        let task = create_task(pending::<()>());
        let view = task.task_ref();
        let mut work = shield(task);
        assert!(timeout(seconds(1), &mut work).await.is_err());
        assert_eq!(view.cancelling(), 0);
        view.cancel();
        assert!(work.await.unwrap_err().is_cancelled());
    });
}

/// What cancels the gather cancels the tasks that await the shields, and goes no further.
#[test]
fn shields_in_a_gather_protect_their_work() {
    run(async {
        let works = [1, 2].map(|n| shield(after(5, n)));
        let views = works.each_ref().map(tulipa_combine::Shield::task_ref);
        let waiter = create_task(gather(works));
        sleep(seconds(1)).await;
        waiter.cancel();
        assert!(waiter.await.unwrap_err().is_cancelled());
        assert!(views.iter().all(|view| !view.done() && view.cancelling() == 0));
    });
}

#[test]
fn the_work_runs_as_a_task_of_its_own() {
    run(async {
        let outer = current_task().unwrap().id();
        let inner = shield(async { current_task().unwrap() }).await;
        assert_ne!(inner.id(), outer);
        assert_eq!(inner.parent(), Some(outer));
    });
}

#[test]
fn it_is_terminated_when_its_value_is_given_and_not_before() {
    run(async {
        let mut work = shield(after(1, ()));
        assert!(!work.is_terminated());
        assert!(format!("{work:?}").starts_with("Shield(Some(<Task pending"));
        (&mut work).await;
        assert!(work.is_terminated());

        let mut cancelled = shield(cancelled_after(0));
        catch_cancel(&mut cancelled).await.unwrap_err().suppress();
        assert!(!cancelled.is_terminated(), "a select must poll it, so that it unwinds");
        assert!(catch_cancel(&mut cancelled).await.map_err(Cancelled::suppress).is_err());

        let mut failed = shield(async { fail("over") });
        panic_of(&mut failed).await;
        assert!(failed.is_terminated());
    });
}

#[test]
#[should_panic(expected = "a shield was polled after it gave its result")]
fn polling_it_after_its_end_is_an_error() {
    run(async {
        let mut work = shield(async {});
        (&mut work).await;
        work.await;
    });
}

#[test]
#[should_panic(expected = "asked before the result is given")]
fn its_task_can_be_asked_for_until_the_result_is_given() {
    run(async {
        let mut work = shield(async {});
        (&mut work).await;
        work.task_ref();
    });
}
