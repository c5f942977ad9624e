//! When children have ended: their callbacks go first, as in asyncio, and what comes in between
//! takes no value away.

use std::future::{Future, pending};
use std::pin::Pin;

use futures_lite::StreamExt;
use tulipa_cancel::catch_cancel;
use tulipa_combine::{TaskGroup, as_completed, gather, shield, try_gather, wait};
use tulipa_rt::current;
use tulipa_task::{Task, create_task, current_task};
use tulipa_time::{sleep, yield_now};

use crate::support::{Log, run, seconds};

type Waits = fn(Task<()>) -> Pin<Box<dyn Future<Output = &'static str>>>;

/// Each combinator, waiting for a task, with a value of its own at the end.
const ALL: [(&str, Waits); 6] = [
    ("gather", |task| {
        Box::pin(async {
            gather((task,)).await.0.unwrap();
            "value"
        })
    }),
    ("try_gather", |task| {
        Box::pin(async {
            try_gather([task]).await.unwrap();
            "value"
        })
    }),
    ("group", |task| {
        Box::pin(async {
            let group = TaskGroup::run(async |group| {
                group.create_task(async { task.await.unwrap() }).detach();
                "value"
            });
            group.await.unwrap()
        })
    }),
    ("shield", |task| {
        Box::pin(async {
            shield(task).await.unwrap();
            "value"
        })
    }),
    ("as_completed", |task| {
        Box::pin(async {
            as_completed([task]).next().await.unwrap().unwrap();
            "value"
        })
    }),
    ("wait", |task| {
        Box::pin(async {
            wait([task]).await;
            "value"
        })
    }),
];

/// S-TG-1, S-GATHER-1, S-SHIELD-1, S-ASCOMP-1
#[test]
fn callbacks_of_the_last_child_run_before_whoever_waits_goes_on() {
    for (name, waits) in ALL {
        run(async move {
            let log = Log::default();
            let task = create_task(sleep(seconds(1)));
            let in_callback = log.clone();
            task.add_done_callback(move |_| {
                in_callback.add("callback");
                let next = in_callback.clone();
                current().call_soon(Box::new(move || next.add("next-iteration")));
            });
            waits(task).await;
            log.add("awaiter");
            yield_now().await;
            let said = log.take();
            assert!(said.starts_with("callback "), "{name}: {said}");
        });
    }
}

/// The value is there when the request comes, in the iteration that is left to others.
#[test]
fn a_cancellation_in_between_does_not_take_the_value_away() {
    for (name, waits) in
        ALL.into_iter().filter(|(name, _)| !["as_completed", "wait"].contains(name))
    {
        run(async move {
            let task = create_task(sleep(seconds(1)));
            let waiter = create_task(async move {
                let own = current_task().unwrap();
                task.add_done_callback(move |_| assert!(own.cancel()));
                let value = waits(task).await;
                let unwinds = catch_cancel(pending::<()>()).await;
                unwinds.unwrap_err().suppress();
                value
            });
            assert_eq!(waiter.await.unwrap(), "value", "{name}");
        });
    }
}

/// What `as_completed` gives is not lost either: the next call has it.
#[test]
fn a_result_that_lets_others_go_first_is_there_for_the_next_call() {
    run(async {
        let mut results = as_completed([sleep(seconds(1))]);
        let task = create_task(async move {
            let caught = catch_cancel(async {
                let own = current_task().unwrap();
                current().call_soon(Box::new(|| {}));
                create_task(async move {
                    sleep(seconds(1)).await;
                    yield_now().await;
                    own.cancel();
                })
                .detach();
                results.next().await
            });
            let first = match caught.await {
                Ok(first) => first,
                Err(cancelled) => {
                    cancelled.suppress();
                    results.next().await
                }
            };
            (first, results.next().await)
        });
        assert_eq!(task.await.unwrap(), (Some(()), None));
    });
}

/// A result that is there in time is not late because it lets others go first.
#[test]
fn a_deadline_in_between_does_not_make_a_result_late() {
    run(async {
        let child = async {
            sleep(seconds(1)).await;
            "in time"
        };
        let results = as_completed([child]);
        yield_now().await; // its sleep begins, and ends before the deadline of the same instant
        let mut results = results.timeout(seconds(1));
        assert_eq!(results.next().await, Some(Ok("in time")));
    });
}

/// As with a future that is done: nobody had to wait.
#[test]
fn what_is_over_from_the_beginning_takes_no_iteration() {
    run(async {
        let log = Log::default();
        let gathered = gather([yield_now()]);
        for _ in 0..3 {
            yield_now().await;
        }
        let in_callback = log.clone();
        current().call_soon(Box::new(move || in_callback.add("next-iteration")));
        gathered.await;
        log.add("gathered");
        TaskGroup::run(async |_| log.add("body")).await.unwrap();
        log.add("group");
        yield_now().await;
        assert_eq!(log.take(), "gathered body group next-iteration");
        let mut results = as_completed([async {}]);
        yield_now().await;
        assert!(StreamExt::next(&mut results).await.is_some());
    });
}
