//! S-GATHER: order, failures, cancellation.

use std::task::Poll;

use tulipa_cancel::catch_cancel;
use tulipa_combine::gather;
use tulipa_task::{Promise, create_task, current_task};
use tulipa_time::{sleep, yield_now};

use crate::support::{
    Log, Stopwatch, after, cancelled_after, cleans_up, fail, fail_after, panic_of, poll_once, run,
    run_reporting, seconds,
};

/// S-GATHER-1
#[test]
fn values_come_in_argument_order_whatever_ends_first() {
    run(async {
        let clock = Stopwatch::start();
        let values = gather((after(3, 'a'), after(1, "b"), after(2, 3))).await;
        assert_eq!(values, ('a', "b", 3));
        assert_eq!(clock.seconds(), 3, "side by side");
    });
}

/// S-GATHER-1
#[test]
fn a_promise_given_twice_fills_both_places() {
    run(async {
        let promise = Promise::new();
        let both = gather([promise.clone(), promise.clone()]);
        promise.set_result("once").unwrap();
        let both = both.await.into_iter().map(Result::unwrap);
        assert_eq!(both.collect::<Vec<_>>(), ["once"; 2]);
    });
}

/// S-GATHER-1
#[test]
fn nothing_gathered_is_ready_at_once() {
    run(async {
        let mut nothing = gather(Vec::<std::future::Ready<u32>>::new());
        assert_eq!(poll_once(&mut nothing).await, Poll::Ready(vec![]));
        let mut nothing = gather([(); 0].map(std::future::ready)).return_exceptions();
        assert!(
            matches!(poll_once(&mut nothing).await, Poll::Ready(results) if results.is_empty())
        );
    });
}

/// S-GATHER-2
#[test]
fn the_first_panic_goes_on_at_once_and_the_others_run_on() {
    let log = Log::default();
    let other = log.clone();
    run(async move {
        let clock = Stopwatch::start();
        let both = gather((fail_after(1, "first"), async move { other.add(after(5, "b").await) }));
        assert_eq!(panic_of(both).await, "first");
        assert_eq!(clock.seconds(), 1);
    });
    assert_eq!(log.take(), "b");
}

/// S-GATHER-2
#[test]
fn of_two_that_fail_together_the_one_that_ended_first_is_first() {
    let (said, reports) = run_reporting(async {
        // Created first, but it ends second: the later one is ahead of it in the ready queue.
        let late = async {
            yield_now().await;
            fail("later")
        };
        panic_of(gather((late, async { fail("sooner") }))).await
    });
    assert_eq!(said, "sooner");
    assert_eq!(reports, ["Task exception was never retrieved: later"]);
}

/// S-GATHER-3, other than in asyncio: a panic is a bug, and nobody else will see it.
#[test]
fn panics_after_the_first_are_reported() {
    let (said, reports) = run_reporting(async {
        panic_of(gather([fail_after(1, "first"), fail_after(1, "second"), fail_after(2, "third")]))
            .await
    });
    assert_eq!(said, "first");
    let report = |words| format!("Task exception was never retrieved: {words}");
    assert_eq!(reports, [report("second"), report("third")]);
}

/// S-GATHER-4
#[test]
fn return_exceptions_gives_panics_and_cancellations_in_their_places() {
    run(async {
        let clock = Stopwatch::start();
        let all = gather((after(1, 1), fail_after(2, "second"), cancelled_after(3), after(4, 4)));
        let (first, second, third, fourth) = all.return_exceptions().await;
        assert_eq!((first.unwrap(), fourth.unwrap()), (1, 4));
        assert_eq!(second.unwrap_err().panic_message(), Some("second"));
        assert!(third.unwrap_err().is_cancelled());
        assert_eq!(clock.seconds(), 4, "it waits for all");
    });
}

/// S-GATHER-5
#[test]
fn a_cancelled_child_cancels_the_awaiter_without_a_request() {
    run(async {
        let log = Log::default();
        let in_task = log.clone();
        let task = create_task(async move {
            let cancelled = catch_cancel(gather((cancelled_after(1), after(2, ())))).await;
            let cancelled = cancelled.unwrap_err();
            in_task.add(current_task().unwrap().cancelling());
            cancelled.resume().await
        });
        assert!(task.await.unwrap_err().is_cancelled());
        assert_eq!(log.take(), "0");
    });
}

/// S-GATHER-6
#[test]
fn a_cancel_asks_every_unfinished_child_and_waits_for_all() {
    let log = Log::default();
    let outer = log.clone();
    run(async move {
        let clock = Stopwatch::start();
        let [a, b] = [("a", 3), ("b", 2)].map(|(name, time)| cleans_up(log.clone(), name, time));
        let done = async move { log.add("done") };
        let mut task = create_task(gather((done, a, b)).return_exceptions());
        sleep(seconds(1)).await;
        assert!(task.cancel() && !task.done());
        yield_now().await;
        assert!(!task.done(), "the children are cleaning up");
        assert!((&mut task).await.unwrap_err().is_cancelled());
        assert_eq!(clock.seconds(), 1 + 3);
    });
    assert_eq!(outer.take(), "done b a");
}

/// S-GATHER-6, other than in asyncio: values win, and the request stays pending.
#[test]
fn children_that_suppress_the_cancellation_keep_their_values() {
    run(async {
        let log = Log::default();
        let in_task = log.clone();
        let task = create_task(async move {
            let stubborn = |value| async move {
                catch_cancel(std::future::pending::<()>()).await.unwrap_err().suppress();
                after(1, value).await
            };
            in_task.add(gather([1, 2].map(stubborn)).await.iter().sum::<i32>());
            let results = catch_cancel(yield_now()).await;
            in_task.add(if results.is_err() { "then cancelled" } else { "lost" });
            results.unwrap_err().resume().await
        });
        yield_now().await;
        task.cancel();
        assert!(task.await.unwrap_err().is_cancelled());
        assert_eq!(log.take(), "3 then cancelled");
    });
}

/// S-GATHER-7
#[test]
fn it_resolves_at_the_first_cancelled_child_while_others_go_on() {
    let log = Log::default();
    let other = log.clone();
    run(async move {
        let clock = Stopwatch::start();
        let both = gather((cancelled_after(1), async move { other.add(after(5, "b").await) }));
        catch_cancel(both).await.unwrap_err().suppress();
        assert_eq!(clock.seconds(), 1);
    });
    assert_eq!(log.take(), "b");
}

/// S-GATHER-7, other than in asyncio: after a cancel from outside no child is left cleaning up.
#[test]
fn cancelled_from_outside_it_waits_for_all_children() {
    run(async {
        let log = Log::default();
        let clock = Stopwatch::start();
        let [a, b] = [("a", 1), ("b", 4)].map(|(name, time)| cleans_up(log.clone(), name, time));
        let task = create_task(gather([a, b]));
        yield_now().await;
        task.cancel();
        assert!(task.await.unwrap_err().is_cancelled());
        assert_eq!((log.take().as_str(), clock.seconds()), ("a b", 4));
    });
}

/// S-GATHER-8
#[test]
fn cancelling_a_finished_gather_touches_no_child() {
    run(async {
        let child = create_task(after(1, "kept"));
        let view = child.task_ref();
        let mut task = create_task(gather([child]));
        sleep(seconds(2)).await;
        assert!(task.done() && !task.cancel());
        assert_eq!((view.cancelling(), view.cancelled()), (0, false));
        assert_eq!((&mut task).await.unwrap()[0].as_ref().unwrap(), &"kept");
    });
}

/// S-GATHER-8: as in asyncio's issue 26923.
#[test]
fn a_cancel_after_the_last_child_ended_loses_no_value() {
    run(async {
        let log = Log::default();
        let in_task = log.clone();
        let promise = Promise::new();
        let child = promise.clone();
        let task = create_task(async move {
            in_task.add(gather([child]).await.remove(0).unwrap());
            yield_now().await;
            unreachable!("the request is pending");
        });
        yield_now().await;
        promise.set_result(42).unwrap();
        let canceller = task.task_ref();
        // Woken after the child of the gather, before the gather.
        promise.add_done_callback(move |_| assert!(canceller.cancel()));
        assert!(task.await.unwrap_err().is_cancelled());
        assert_eq!(log.take(), "42");
    });
}
