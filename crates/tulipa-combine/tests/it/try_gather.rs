//! `try_gather`: all values, or the first error; the statements of gather for errors that are
//! values.

use std::cell::Cell;
use std::future::pending;
use std::rc::Rc;

use futures_core::FusedFuture;
use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_combine::try_gather;
use tulipa_task::{all_tasks, create_task};
use tulipa_test::cancel_at_every_suspension;
use tulipa_time::{sleep, yield_now};

use crate::support::{
    Log, Stopwatch, after, cancelled_after, fail_after, panic_of, run, run_reporting, seconds,
};

async fn good<T>(time: u64, value: T) -> Result<T, &'static str> {
    Ok(after(time, value).await)
}

async fn bad(time: u64, error: &'static str) -> Result<(), &'static str> {
    Err(after(time, error).await)
}

/// S-GATHER-1
#[test]
fn values_follow_the_order_of_the_arguments() {
    run(async {
        let tuple = try_gather((good(3, 1), good(1, "two"), good(2, 3.0))).await;
        assert_eq!(tuple, Ok((1, "two", 3.0)));
        assert_eq!(try_gather((1..4).map(|n| good(4 - n, n))).await, Ok(vec![1, 2, 3]));
        let none: [std::future::Ready<Result<u32, ()>>; 0] = [];
        assert_eq!(try_gather(none).await, Ok(vec![]));
    });
}

/// S-GATHER-2, S-GATHER-3
#[test]
fn the_first_error_resolves_it_and_the_others_run_on() {
    run(async {
        let (log, clock) = (Log::default(), Stopwatch::start());
        let in_child = log.clone();
        let slow = async move {
            in_child.add(after(5, "ran-on").await);
            Ok::<_, &str>(())
        };
        let ended = try_gather((bad(2, "second"), bad(1, "first"), slow)).await;
        assert_eq!((ended, clock.seconds()), (Err("first"), 1));
        assert_eq!(all_tasks().len(), 3);
        sleep(seconds(9)).await;
        assert_eq!(log.take(), "ran-on");
    });
}

/// S-GATHER-2
#[test]
fn of_errors_in_one_iteration_the_one_that_ended_first_is_told() {
    run(async {
        assert_eq!(try_gather([bad(1, "zero"), bad(1, "one")]).await, Err("zero"));
        let late_first = [bad(2, "late"), bad(1, "early")];
        assert_eq!(try_gather(late_first).await, Err("early"));
    });
}

#[test]
fn a_panic_goes_on_here_and_a_later_one_is_reported() {
    let (said, reports) = run_reporting(async {
        let panics = |time, words| async move {
            fail_after(time, words).await;
            Ok::<(), ()>(())
        };
        panic_of(try_gather((panics(1, "first"), panics(2, "second")))).await
    });
    assert_eq!(said, "first");
    assert_eq!(reports, ["Task exception was never retrieved: second"]);
}

/// S-GATHER-5
#[test]
fn a_cancelled_child_cancels_whoever_awaits() {
    run(async {
        let gathers = create_task(async {
            let goes = async {
                cancelled_after(1).await;
                Ok::<(), ()>(())
            };
            let caught = catch_cancel(try_gather([goes])).await;
            caught.is_err_and(|cancelled| {
                cancelled.suppress();
                true
            })
        });
        assert!(gathers.await.unwrap());
    });
}

/// S-GATHER-6, S-GATHER-7
#[test]
fn cancelled_it_waits_for_all_and_an_error_among_them_goes_first() {
    for (answer, ends) in [(None, "cancelled"), (Some(Ok(())), "Ok"), (Some(Err(())), "Err")] {
        run(async move {
            let log = Log::default();
            let child = move |name: &'static str, log: Log| async move {
                let caught = catch_cancel(pending::<()>()).await.unwrap_err();
                sleep(seconds(1)).await;
                log.add(name);
                match answer {
                    None => caught.resume().await,
                    Some(answer) => {
                        caught.suppress();
                        answer
                    }
                }
            };
            let (one, two) = (child("one", log.clone()), child("two", log.clone()));
            let gathers = create_task(async move {
                let gathered = catch_cancel(try_gather((one, two))).await;
                match gathered {
                    Ok(Ok(_)) => "Ok",
                    Ok(Err(())) => "Err",
                    Err(cancelled) => {
                        cancelled.suppress();
                        "cancelled"
                    }
                }
            });
            sleep(seconds(1)).await;
            gathers.cancel();
            assert_eq!(gathers.await.unwrap(), ends);
            assert_eq!(log.take(), "one two");
        });
    }
}

#[test]
fn dropped_it_cancels_its_children() {
    run(async {
        let dropped = Rc::new(Cell::new(0));
        let child = |dropped: Rc<Cell<u32>>| {
            pending::<Result<(), ()>>().finally(async move || dropped.set(dropped.get() + 1))
        };
        let gathered = try_gather([child(dropped.clone()), child(dropped.clone())]);
        assert_eq!(format!("{gathered:?}"), "<TryGather waiting>");
        yield_now().await;
        drop(gathered);
        sleep(seconds(1)).await;
        assert_eq!(dropped.get(), 2);
    });
}

#[test]
fn it_is_over_when_it_gave_its_values() {
    run(async {
        let mut gathered = try_gather([good(0, 1)]);
        assert!(!gathered.is_terminated());
        assert_eq!((&mut gathered).await, Ok(vec![1]));
        assert!(gathered.is_terminated());
    });
}

#[test]
fn cancelled_anywhere_no_child_is_left() {
    let suspensions = cancel_at_every_suspension(|point| async move {
        let task = create_task(async move {
            let child = |time| async move {
                sleep(seconds(time)).finally(yield_now).await;
                if time == 3 { Err(time) } else { Ok(time) }
            };
            let gathered = point.victim(try_gather([child(1), child(2)])).await;
            assert_eq!(gathered, Ok(vec![1, 2]));
            try_gather([child(3), child(1)]).await
        });
        match task.await {
            Ok(ended) => assert_eq!(ended, Err(3)),
            Err(error) => assert!(error.is_cancelled()),
        }
    });
    assert_eq!(suspensions, 2);
}
