//! S-ASCOMP: order of completion, deadlines, children that fail.

use std::future::{pending, ready};
use std::time::Duration;

use futures_core::{FusedStream, Stream};
use futures_util::StreamExt;
use tulipa_cancel::catch_cancel;
use tulipa_combine::as_completed;
use tulipa_task::{Promise, create_task};
use tulipa_time::{TimeoutError, sleep, timeout, yield_now};

use crate::support::{
    Log, Stopwatch, after, cancelled_after, fail, fail_after, panic_of, poll_once, run,
    run_reporting, seconds,
};

/// S-ASCOMP-1
#[test]
fn results_come_in_the_order_of_completion() {
    run(async {
        let clock = Stopwatch::start();
        let mut results = as_completed([3, 1, 2].map(|time| after(time, time)));
        let mut order = Vec::new();
        while let Some(value) = results.next().await {
            order.push((value, clock.seconds()));
        }
        assert_eq!(order, [(1, 1), (2, 2), (3, 3)]);
        assert_eq!(results.next().await, None);
    });
}

/// S-ASCOMP-1: among those that end in one iteration.
#[test]
fn what_ends_together_comes_in_the_order_in_which_it_ended() {
    run(async {
        let log = Log::default();
        let first = log.clone();
        let slow = async move {
            yield_now().await;
            first.add("slow");
        };
        let quick = log.clone();
        let mut results = as_completed([
            Box::pin(slow) as std::pin::Pin<Box<dyn Future<Output = ()>>>,
            Box::pin(async move { quick.add("quick") }),
        ]);
        sleep(seconds(1)).await;
        results.next().await;
        results.next().await;
        assert_eq!(log.take(), "quick slow");

        let mut equal = as_completed((0..8).map(|n| after(1, n)));
        let mut order = Vec::new();
        while let Some(n) = equal.next().await {
            order.push(n);
        }
        assert_eq!(order, [0, 1, 2, 3, 4, 5, 6, 7]);
    });
}

/// S-ASCOMP-1, other than in asyncio: what is given twice comes twice.
#[test]
fn a_promise_given_twice_comes_twice() {
    run(async {
        let promise = Promise::new();
        let mut results = as_completed([promise.clone(), promise.clone()]);
        promise.set_result("once").unwrap();
        assert_eq!(results.next().await.unwrap().unwrap(), "once");
        assert_eq!(results.next().await.unwrap().unwrap(), "once");
        assert!(results.next().await.is_none());
    });
}

/// S-ASCOMP-1: a task among the arguments gives its own result, errors included.
#[test]
fn tasks_give_their_results() {
    run(async {
        let [fine, cancelled] = [1, 2].map(|time| create_task(after(time, time)));
        cancelled.cancel();
        let mut results = as_completed([fine, cancelled]);
        assert!(results.next().await.unwrap().unwrap_err().is_cancelled());
        assert_eq!(results.next().await.unwrap().unwrap(), 1);
    });
}

/// S-ASCOMP-2
#[test]
fn at_its_timeout_each_that_is_left_gives_an_error_and_runs_on() {
    let log = Log::default();
    let finished = log.clone();
    run(async move {
        let clock = Stopwatch::start();
        let children = [1, 5, 7].map(|time| {
            let log = log.clone();
            async move { log.add(after(time, time).await) }
        });
        let mut results = as_completed(children).timeout(seconds(3));
        assert_eq!(results.next().await, Some(Ok(())));
        assert_eq!(results.next().await, Some(Err(TimeoutError::new())));
        assert_eq!((results.next().await, clock.seconds()), (Some(Err(TimeoutError::new())), 3));
        assert_eq!(results.next().await, None);
        assert_eq!(log.take(), "1");
    });
    assert_eq!(finished.take(), "5 7");
}

/// S-ASCOMP-3, other than in asyncio: in argument order.
#[test]
fn children_start_in_argument_order() {
    run(async {
        let log = Log::default();
        let children = (0..12).map(|n| {
            let log = log.clone();
            async move { log.add(n) }
        });
        let mut results = as_completed(children);
        log.add("made");
        while results.next().await.is_some() {}
        assert_eq!(log.take(), "made 0 1 2 3 4 5 6 7 8 9 10 11");
    });
}

#[test]
fn of_nothing_it_is_over_at_once() {
    run(async {
        let mut nothing = as_completed(Vec::<std::future::Ready<u32>>::new());
        assert!(nothing.is_terminated());
        assert_eq!(poll_once(&mut nothing.next()).await, std::task::Poll::Ready(None));
        let mut nothing = nothing.timeout(Duration::ZERO);
        assert_eq!(nothing.next().await, None);
    });
}

#[test]
fn the_timeout_counts_from_the_call() {
    run(async {
        let clock = Stopwatch::start();
        let mut results = as_completed([after(9, ())]).timeout(seconds(3));
        sleep(seconds(2)).await;
        assert!(results.next().await.unwrap().is_err());
        assert_eq!(clock.seconds(), 3);
    });
}

#[test]
fn a_result_that_is_there_wins_over_the_deadline() {
    run(async {
        let mut results = as_completed([1, 3, 9].map(|time| after(time, time))).timeout(seconds(2));
        sleep(seconds(5)).await;
        assert_eq!(results.next().await, Some(Ok(1)));
        assert_eq!(results.next().await, Some(Ok(3)), "late, but there");
        assert!(results.next().await.unwrap().is_err());
        assert_eq!(results.next().await, None);
    });
}

#[test]
fn each_child_gives_one_item_even_if_it_ends_between_two_errors() {
    run(async {
        let mut results = as_completed([3, 4, 9].map(|time| after(time, time))).timeout(seconds(1));
        assert!(results.next().await.unwrap().is_err());
        sleep(seconds(4)).await;
        assert_eq!(results.next().await, Some(Ok(3)));
        assert_eq!(results.next().await, Some(Ok(4)));
        assert_eq!(results.next().await, None, "one was given up for the third");
    });
}

#[test]
fn a_timeout_beyond_the_clock_is_none_and_an_unused_one_leaves_no_timer() {
    run(async {
        let mut results = as_completed([after(1, ())]).timeout(Duration::MAX);
        assert!(results.next().await.unwrap().is_ok());
        let mut results = as_completed([after(1, ())]).timeout(seconds(9));
        assert!(results.next().await.unwrap().is_ok());
    });
}

#[test]
fn a_panic_goes_on_in_the_one_who_takes_it_who_may_go_on_with_the_next() {
    run(async {
        let mut results = as_completed([fail_after(1, "first"), fail_after(2, "second")]);
        assert_eq!(panic_of(results.next()).await, "first");
        assert_eq!(panic_of(results.next()).await, "second");
        assert_eq!(results.next().await, None);

        let mut results = as_completed([fail_after(1, "first")]).timeout(seconds(5));
        assert_eq!(panic_of(results.next()).await, "first");
        assert_eq!(results.next().await, None);
    });
}

#[test]
fn a_cancelled_child_cancels_the_one_who_takes_it() {
    run(async {
        let waiter = create_task(async {
            let mut results = as_completed([cancelled_after(1)]);
            results.next().await;
        });
        let view = waiter.task_ref();
        assert!(waiter.await.unwrap_err().is_cancelled());
        assert_eq!(view.cancelling(), 0, "nobody asked");
    });
}

async fn the_first_is_cancelled(time: u64) {
    match time {
        1 => cancelled_after(1).await,
        _ => after(time, ()).await,
    }
}

#[test]
fn who_catches_that_goes_on_with_the_next() {
    run(async {
        let mut results = as_completed([1, 2].map(the_first_is_cancelled));
        catch_cancel(results.next()).await.unwrap_err().suppress();
        assert_eq!(results.next().await, Some(()));
        assert_eq!(results.next().await, None);

        let mut stream = as_completed([1, 2].map(the_first_is_cancelled)).timeout(seconds(5));
        catch_cancel(StreamExt::next(&mut stream)).await.unwrap_err().suppress();
        assert_eq!(StreamExt::next(&mut stream).await, Some(Ok(())));
        assert_eq!(StreamExt::next(&mut stream).await, None);
    });
}

#[test]
fn once_cancelled_by_a_child_next_goes_on_unwinding_even_if_a_sibling_caught_that() {
    run(async {
        let waiter = create_task(async {
            let mut results = as_completed([1, 2].map(the_first_is_cancelled));
            let bystander = async {
                catch_cancel(pending::<()>()).await.unwrap_err().suppress();
                yield_now().await;
                sleep(seconds(9)).await;
            };
            futures_lite::future::zip(results.next(), bystander).await.0
        });
        assert!(waiter.await.unwrap_err().is_cancelled());
    });
}

#[test]
fn dropped_midway_the_rest_run_on() {
    let log = Log::default();
    let finished = log.clone();
    let ((), reports) = run_reporting(async move {
        let mut results = as_completed([1, 2, 3].map(|time| {
            let log = log.clone();
            async move {
                log.add(after(time, time).await);
                if time == 3 {
                    fail("unseen");
                }
            }
        }));
        results.next().await;
        drop(results);
    });
    assert_eq!(finished.take(), "1 2 3");
    assert_eq!(reports, ["Task exception was never retrieved: unseen"]);
}

#[test]
fn a_next_that_is_dropped_loses_nothing() {
    run(async {
        let mut results = as_completed([after(2, "second"), after(4, "fourth")]);
        assert!(timeout(seconds(1), results.next()).await.is_err());
        assert_eq!(results.next().await, Some("second"));
        assert!(timeout(seconds(1), results.next()).await.is_err());
        assert_eq!(results.next().await, Some("fourth"));
    });
}

#[test]
fn it_is_a_stream_that_knows_how_much_is_left() {
    run(async {
        let mut results = as_completed([2, 1].map(|time| after(time, time)));
        assert_eq!(results.size_hint(), (0, Some(2)));
        assert_eq!(format!("{results:?}"), "AsCompleted { left: 2, .. }");
        assert_eq!(StreamExt::next(&mut results).await, Some(1));
        assert_eq!(results.size_hint(), (0, Some(1)));
        assert!(!results.is_terminated());
        let mut results = results.timeout(seconds(9));
        assert_eq!(results.size_hint(), (0, Some(1)));
        assert_eq!(StreamExt::next(&mut results).await, Some(Ok(2)));
        assert!(results.is_terminated());
        let doubled = as_completed([3, 4].map(ready)).map(|n| 2 * n).collect::<Vec<_>>().await;
        assert_eq!(doubled, [6, 8]);
    });
}
