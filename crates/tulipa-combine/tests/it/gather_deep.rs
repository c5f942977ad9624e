//! gather in the deep end: panics beside cancellations, drops, many children, other executors.

use std::cell::Cell;
use std::future::{Future, pending};
use std::panic::resume_unwind;
use std::pin::pin;
use std::rc::Rc;

use futures_core::FusedFuture;
use futures_lite::FutureExt;
use futures_util::stream::{FuturesUnordered, StreamExt};
use tulipa_cancel::{CancelExt, CancelScope, catch_cancel};
use tulipa_combine::gather;
use tulipa_task::{all_tasks, create_task, current_task};
use tulipa_test::TestLoop;
use tulipa_time::{sleep, timeout, yield_now};

use crate::support::{
    Log, Stopwatch, after, cancelled_after, cleans_up, fail, fail_after, panic_of, poll_once, run,
    run_reporting, seconds,
};

/// Waits for ever; cancelled, it cleans up for so long and then panics.
async fn fails_in_cleanup(time: u64, words: &'static str) {
    pending::<()>().finally(async || fail_after(time, words).await).await;
}

#[test]
fn a_panic_while_it_is_being_cancelled_goes_on_when_all_have_ended() {
    // Before and after the cleanup that ends well.
    for time in [2, 5] {
        run(async move {
            let log = Log::default();
            let clock = Stopwatch::start();
            let cleanup = cleans_up(log.clone(), "cleaned", 3);
            let task = create_task(gather((cleanup, fails_in_cleanup(time, "in cleanup"))));
            yield_now().await;
            task.cancel();
            assert_eq!(task.await.unwrap_err().panic_message(), Some("in cleanup"));
            assert_eq!((log.take().as_str(), clock.seconds()), ("cleaned", time.max(3)));
        });
    }
}

#[test]
fn with_return_exceptions_a_panic_while_it_is_being_cancelled_is_reported() {
    let ((), reports) = run_reporting(async {
        let children = gather((pending::<()>(), fails_in_cleanup(2, "in cleanup")));
        let task = create_task(children.return_exceptions());
        yield_now().await;
        task.cancel();
        assert!(task.await.unwrap_err().is_cancelled());
    });
    assert_eq!(reports, ["Task exception was never retrieved: in cleanup"]);
}

#[test]
fn a_panic_beats_a_cancellation_that_comes_with_it() {
    run(async {
        let task = create_task(gather([fail_after(1, "first")]));
        let canceller = task.task_ref();
        create_task(async move {
            sleep(seconds(1)).await; // wakes after the child, before the gather
            canceller.cancel();
        })
        .detach();
        assert_eq!(task.await.unwrap_err().panic_message(), Some("first"));
    });
}

#[test]
fn the_payload_of_a_panic_reaches_the_awaiter() {
    #[derive(Debug, PartialEq)]
    struct Payload(u32);

    run(async {
        let children = gather([async { resume_unwind(Box::new(Payload(7))) }]);
        let payload = std::panic::AssertUnwindSafe(children).catch_unwind().await.unwrap_err();
        assert_eq!(*payload.downcast::<Payload>().unwrap(), Payload(7));
    });
}

#[test]
fn tasks_that_others_cancel_give_their_results() {
    run(async {
        let tasks = [1, 2, 3].map(|n| create_task(after(n, n)));
        tasks[1].cancel();
        let results = gather(tasks).await;
        assert_eq!(*results[0].as_ref().unwrap(), 1);
        assert!(results[1].as_ref().unwrap_err().is_cancelled());
        assert_eq!(*results[2].as_ref().unwrap(), 3);
    });
}

#[test]
fn cancelled_it_cancels_the_tasks_it_was_given_and_passes_the_message_on() {
    run(async {
        let log = Log::default();
        let inner = create_task(cleans_up(log.clone(), "cleaned", 3));
        let view = inner.task_ref();
        let in_child = log.clone();
        let child = async move {
            let cancelled = catch_cancel(pending::<()>()).await.unwrap_err();
            in_child.add(cancelled.message().unwrap());
            cancelled.resume().await
        };
        let task = create_task(gather((inner, child)));
        yield_now().await;
        task.cancel_with("enough");
        let error = task.await.unwrap_err();
        assert_eq!(error.as_cancelled().unwrap().message(), Some("enough"));
        assert!(view.cancelled());
        assert_eq!(log.take(), "enough cleaned");
    });
}

/// A request that was pending before the call is met at its first poll, as in any await. By then
/// no child has started; a task among the arguments must learn of it all the same.
#[test]
fn cancelled_at_its_first_poll_it_cancels_the_tasks_it_was_given() {
    run(async {
        let log = Log::default();
        let inner = create_task(cleans_up(log.clone(), "cleaned", 3));
        yield_now().await;
        let view = inner.task_ref();
        let in_child = log.clone();
        let task = create_task(async move {
            current_task().unwrap().cancel_with("pending before");
            let child = async move {
                in_child.add("started");
                let cancelled = catch_cancel(pending::<()>()).await.unwrap_err();
                in_child.add(cancelled.message().unwrap());
                cancelled.resume().await
            };
            gather((inner, child)).await
        });
        assert!(task.await.unwrap_err().is_cancelled());
        assert!(view.cancelled());
        assert_eq!(log.take(), "started pending before cleaned");
    });
}

#[test]
fn a_second_cancel_interrupts_the_cleanups() {
    run(async {
        let log = Log::default();
        let clock = Stopwatch::start();
        let task = create_task(gather([cleans_up(log.clone(), "cleaned", 10)]));
        yield_now().await;
        task.cancel();
        sleep(seconds(2)).await;
        task.cancel();
        assert!(task.await.unwrap_err().is_cancelled());
        assert_eq!((log.take().as_str(), clock.seconds()), ("", 2));
    });
}

#[test]
fn one_to_a_thousand_children_keep_their_places() {
    run(async {
        for count in [1, 12, 1000] {
            let children = (0..count).map(|n| after(count - n, n));
            assert_eq!(gather(children).await, (0..count).collect::<Vec<_>>());
        }
    });
}

#[test]
fn dropped_it_cancels_its_children_and_does_not_wait() {
    let log = Log::default();
    let cleanups = log.clone();
    run(async move {
        let clock = Stopwatch::start();
        let children = [1, 2].map(|time| cleans_up(log.clone(), "cleaned", time));
        let raced = async {
            gather(children).await;
            "the gather"
        };
        assert_eq!(raced.or(after(1, "the timer")).await, "the timer");
        assert_eq!((log.take().as_str(), clock.seconds()), ("", 1));
    });
    assert_eq!(cleanups.take(), "cleaned cleaned", "and they clean up all the same");
}

#[test]
fn dropped_before_its_first_poll_no_child_runs() {
    run(async {
        let ran = Rc::new(Cell::new(false));
        let in_child = ran.clone();
        drop(gather([async move { in_child.set(true) }]));
        sleep(seconds(1)).await;
        assert!(!ran.get());
    });
}

#[test]
fn dropped_with_a_panic_that_nobody_saw_it_is_reported() {
    let ((), reports) = run_reporting(async {
        let children = gather((fail_after(1, "unseen"), pending::<()>()));
        sleep(seconds(2)).await;
        drop(children);
    });
    assert_eq!(reports, ["Task exception was never retrieved: unseen"]);
}

#[test]
fn a_deadline_around_it_waits_for_the_cleanups() {
    run(async {
        let log = Log::default();
        let clock = Stopwatch::start();
        let children = gather([cleans_up(log.clone(), "cleaned", 3)]);
        assert!(timeout(seconds(2), children).await.is_err());
        assert_eq!((log.take().as_str(), clock.seconds()), ("cleaned", 5));
    });
}

#[test]
fn a_scope_that_ends_it_leaves_the_task_alone() {
    run(async {
        let scope = CancelScope::new();
        let handle = scope.handle();
        create_task(async move {
            sleep(seconds(1)).await;
            handle.cancel();
        })
        .detach();
        assert!(scope.run(gather([pending::<()>()])).await.is_err());
        yield_now().await; // not cancelled
    });
}

/// Its waker there is not the task's: requests and children's ends must reach it all the same.
#[test]
fn polled_under_a_foreign_waker_it_is_cancelled_and_finished() {
    run(async {
        let log = Log::default();
        let in_task = log.clone();
        let task = create_task(async move {
            let mut crowd = FuturesUnordered::new();
            crowd.push(async { gather([after(1, ())]).await.len() }.boxed_local());
            let cleanups = [1, 2].map(|time| cleans_up(in_task.clone(), "cleaned", time));
            crowd.push(async move { gather(cleanups).await.len() }.boxed_local());
            in_task.add(crowd.next().await.unwrap());
            crowd.next().await;
        });
        sleep(seconds(2)).await;
        task.cancel();
        assert!(task.await.unwrap_err().is_cancelled());
        assert_eq!(log.take(), "1 cleaned cleaned");
    });
}

#[test]
fn once_cancelled_by_a_child_it_goes_on_unwinding_even_if_a_sibling_caught_that() {
    run(async {
        let log = Log::default();
        let in_task = log.clone();
        let task = create_task(async move {
            let children = gather([cancelled_after(1)]);
            let bystander = async {
                // Polled after the gather, in the same poll of the task.
                catch_cancel(pending::<()>()).await.unwrap_err().suppress();
                in_task.add("caught");
                yield_now().await;
                sleep(seconds(5)).await;
            };
            futures_lite::future::zip(children, bystander).await;
        });
        assert!(task.await.unwrap_err().is_cancelled());
        assert_eq!(log.take(), "caught");
    });
}

#[test]
fn it_is_terminated_when_its_results_are_given_and_not_before() {
    run(async {
        let mut children = gather([after(1, ())]);
        assert!(!children.is_terminated());
        assert!(poll_once(&mut children).await.is_pending() && !children.is_terminated());
        (&mut children).await;
        assert!(children.is_terminated());
        assert_eq!(format!("{children:?}"), "<Gather finished>");

        let mut cancelled = gather([cancelled_after(0)]);
        catch_cancel(&mut cancelled).await.unwrap_err().suppress();
        assert!(!cancelled.is_terminated(), "a select must poll it, so that it unwinds");
        assert_eq!(format!("{cancelled:?}"), "<Gather cancelled>");

        let mut failed = gather([async { fail("over") }]);
        panic_of(&mut failed).await;
        assert!(failed.is_terminated());

        let mut results = gather([after(1, ())]).return_exceptions();
        assert!(!results.is_terminated());
        assert_eq!(format!("{results:?}"), "<GatherResults waiting>");
        drop((&mut results).await);
        assert!(results.is_terminated());
    });
}

#[test]
#[should_panic(expected = "a gather was polled after it gave its results")]
fn polling_it_after_its_end_is_an_error() {
    run(async {
        let mut children = gather([async {}]);
        (&mut children).await;
        children.await;
    });
}

#[test]
fn a_gather_of_gathers_is_cancelled_as_a_whole() {
    run(async {
        let log = Log::default();
        let rows = [1, 2].map(|time| gather([time, time].map(|t| cleans_up(log.clone(), "c", t))));
        let task = create_task(gather(rows));
        sleep(seconds(1)).await;
        assert_eq!(all_tasks().len(), 2 + 2 + 4);
        task.cancel();
        assert!(task.await.unwrap_err().is_cancelled());
        assert_eq!(log.take(), "c c c c");
    });
}

/// The loop drops gather and children in whatever order, and nothing is left.
#[test]
fn a_loop_that_closes_takes_gather_and_children_with_it() {
    let alive = Rc::new(());
    let test_loop = TestLoop::new();
    let children = [1, 2].map(|_| {
        let alive = alive.clone();
        async move {
            pending::<()>().await;
            drop(alive);
        }
    });
    test_loop.create_task(async move { gather(children).await }).detach();
    test_loop.turn();
    test_loop.turn();
    assert_eq!(Rc::strong_count(&alive), 3);
    drop(test_loop);
    assert_eq!(Rc::strong_count(&alive), 1);
}

/// `select!`-like code polls by reference and keeps the rest for later.
#[test]
fn by_reference_nothing_is_lost() {
    run(async {
        let mut children = pin!(gather((after(1, 'a'), after(4, 'b'))));
        for time in 1..3 {
            let raced = async { Some(children.as_mut().await) }.or(after(time, None));
            assert!(raced.await.is_none());
        }
        assert_eq!(children.await, ('a', 'b'));
    });
}

fn assert_unpin<T: Future + Unpin>(_: &T) {}

#[test]
fn it_is_unpin_whatever_its_children_are() {
    run(async {
        let children = gather([async { std::marker::PhantomPinned }]);
        assert_unpin(&children);
        children.await;
    });
}
