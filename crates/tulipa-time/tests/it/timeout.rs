//! Deadlines: who wins, what is awaited, and what is left behind.

use std::cell::{Cell, RefCell};
use std::future::{pending, ready};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;
use std::time::{Duration, Instant};

use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_rt::enter;
use tulipa_test::{HandPolled, TestLoop};
use tulipa_time::{TimeoutError, sleep, timeout, timeout_at, yield_now};

const SECOND: Duration = Duration::from_secs(1);

/// Runs a future on a new loop; how long it took. Nothing may be left.
fn timed<F>(future: F) -> (Duration, F::Output)
where
    F: Future<Output: 'static> + 'static,
{
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
fn a_value_in_time_is_the_value() {
    let (took, value) = timed(async {
        timeout(2 * SECOND, async {
            sleep(SECOND).await;
            "value"
        })
        .await
    });
    assert_eq!((took, value), (SECOND, Ok("value")));
}

#[test]
fn the_deadline_ends_it() {
    let (took, value) = timed(async { timeout(2 * SECOND, sleep(3 * SECOND)).await });
    assert_eq!(took, 2 * SECOND);
    let error = value.unwrap_err();
    assert_eq!(error.to_string(), "the deadline passed before the future had ended");
    assert_eq!(io::Error::from(error).kind(), io::ErrorKind::TimedOut);
}

/// asyncio statement S-WAITFOR-6, decided the other way: the value was there.
#[test]
fn a_value_at_the_deadline_wins() {
    // The sleep begins before the deadline is armed, or after that: no matter.
    let (_, first) = timed(async { timeout(SECOND, sleep(SECOND)).await });
    assert_eq!(first, Ok(()));
    let (_, second) = timed(async {
        let deadline = now() + SECOND;
        timeout_at(deadline, async {
            yield_now().await; // the deadline is armed by now
            tulipa_time::sleep_until(deadline).await;
        })
        .await
    });
    assert_eq!(second, Ok(()));
}

/// asyncio statement S-WAITFOR-3.
#[test]
fn cleanup_is_awaited() {
    let (took, ended) = timed(async {
        let cleaned = Rc::new(Cell::new(false));
        let flag = cleaned.clone();
        let slow = sleep(60 * SECOND).finally(async move || {
            sleep(5 * SECOND).await;
            flag.set(true);
        });
        (timeout(2 * SECOND, slow).await.is_err(), cleaned.get())
    });
    assert_eq!((took, ended), (7 * SECOND, (true, true)), "the deadline and the cleanup");
}

#[test]
fn the_future_is_dropped_by_the_time_it_returns() {
    timed(async {
        let held = Rc::new(());
        let inner = held.clone();
        let mut expired = pin!(timeout(SECOND, async move {
            pending::<()>().await;
            drop(inner);
        }));
        assert!(expired.as_mut().await.is_err());
        assert_eq!(Rc::strong_count(&held), 1, "while the timeout itself is still there");
        assert!(expired.expired());
    });
}

#[test]
fn one_that_has_ended_holds_no_timer() {
    let test_loop = TestLoop::new();
    let armed = test_loop.clone();
    let inside = async move {
        let mut in_time = pin!(timeout(60 * SECOND, sleep(SECOND)));
        assert_eq!(in_time.as_mut().await, Ok(()));
        assert!(!in_time.expired());
        armed.armed_timers()
    };
    assert_eq!(test_loop.run_until_complete(inside), Ok(0));
}

/// asyncio statement S-TIMEOUT-1.
#[test]
fn the_time_begins_in_the_call() {
    let (took, value) = timed(async {
        let later = timeout(3 * SECOND, pending::<()>());
        assert_eq!(later.when(), Some(now() + 3 * SECOND));
        sleep(SECOND).await;
        later.await
    });
    assert_eq!((took, value.is_err()), (3 * SECOND, true));
}

/// asyncio statement S-TIMEOUT-3.
#[test]
fn a_timeout_of_zero_ends_it_at_its_first_suspension() {
    let (took, values) = timed(async {
        let steps = Rc::new(Cell::new(0));
        let count = steps.clone();
        let suspends = timeout(Duration::ZERO, async move {
            count.set(1);
            sleep(Duration::from_nanos(1)).await;
            count.set(2);
        });
        let never_suspends = timeout(Duration::ZERO, async {
            timeout(SECOND, ready(1)).await // what is ready does not suspend
        });
        (suspends.await.is_err(), steps.get(), never_suspends.await)
    });
    assert_eq!((took, values), (Duration::ZERO, (true, 1, Ok(Ok(1)))));
}

#[test]
fn a_future_that_always_yields_is_ended_too() {
    let (took, value) = timed(async {
        timeout(Duration::ZERO, async {
            loop {
                yield_now().await;
            }
        })
        .await
    });
    assert_eq!((took, value.is_err()), (Duration::ZERO, true));
}

#[test]
fn a_deadline_in_the_past_costs_no_iteration() {
    let test_loop = TestLoop::new();
    let past = test_loop.now();
    test_loop.advance(SECOND);
    let task = test_loop.create_task(timeout_at(past, pending::<()>()));
    test_loop.turn();
    assert!(task.done() && task.result().unwrap().is_err());
}

/// asyncio statement S-TIMEOUT-4.
#[test]
fn a_future_that_passes_the_deadline_without_suspending_ends_as_ever() {
    let test_loop = TestLoop::new();
    let clock = test_loop.clone();
    let value = test_loop.run_until_complete(async move {
        timeout(SECOND, async move {
            clock.advance(5 * SECOND); // as a computation would
            "value"
        })
        .await
    });
    assert_eq!(value, Ok(Ok("value")));
}

/// asyncio statement S-TIMEOUT-7, as it holds here: only `suppress` lets the future run on.
#[test]
fn a_future_that_suppresses_runs_on_and_its_value_is_returned() {
    let (took, value) = timed(async {
        timeout(SECOND, async {
            let cancelled = catch_cancel(pending::<()>()).await.unwrap_err();
            cancelled.suppress();
            sleep(10 * SECOND).await; // the deadline does not come twice
            "value"
        })
        .await
    });
    assert_eq!((took, value), (11 * SECOND, Ok("value")));
}

#[test]
fn a_future_that_only_drops_the_token_ends_at_its_next_suspension() {
    let (took, value) = timed(async {
        timeout(SECOND, async {
            drop(catch_cancel(pending::<()>()).await.unwrap_err());
            sleep(10 * SECOND).await;
            "value"
        })
        .await
    });
    assert_eq!((took, value.is_err()), (SECOND, true));
}

/// asyncio statement S-WAITFOR-4.
#[test]
fn a_value_returned_in_answer_to_the_deadline_is_the_value() {
    let (_, value) = timed(async {
        timeout(SECOND, async {
            match catch_cancel(pending::<()>()).await {
                Ok(()) => "unreachable",
                Err(cancelled) => {
                    cancelled.suppress();
                    "what there was so far"
                }
            }
        })
        .await
    });
    assert_eq!(value, Ok("what there was so far"));
}

/// asyncio statement S-TIMEOUT-8.
#[test]
fn nested_the_outer_deadline_passes_through_the_inner() {
    let log = Rc::new(RefCell::new(Vec::new()));
    let inner_log = log.clone();
    let (took, value) = timed(async move {
        timeout(SECOND, async {
            let inner = timeout(60 * SECOND, async {
                pending::<()>().finally(async || inner_log.borrow_mut().push("cleanup")).await;
            });
            let result = inner.await;
            inner_log.borrow_mut().push("after the inner"); // never
            result
        })
        .await
    });
    assert_eq!((took, value.is_err()), (SECOND, true));
    assert_eq!(log.take(), ["cleanup"], "only the outer one turns it into an error");
}

#[test]
fn nested_the_inner_deadline_ends_the_inner_only() {
    let (took, value) = timed(async {
        timeout(60 * SECOND, async {
            let first = timeout(SECOND, pending::<()>()).await;
            let second = timeout(SECOND, sleep(60 * SECOND)).await;
            (first.is_err(), second.is_err())
        })
        .await
    });
    assert_eq!((took, value), (2 * SECOND, Ok((true, true))));
}

#[test]
fn nested_with_one_deadline_neither_runs_on() {
    let (took, value) = timed(async {
        let deadline = now() + SECOND;
        let seen = Rc::new(Cell::new(false));
        let flag = seen.clone();
        let outer = timeout_at(deadline, async move {
            let _ = timeout_at(deadline, pending::<()>().finally(async || ())).await;
            sleep(SECOND).await;
            flag.set(true);
        });
        (outer.await.is_err(), seen.get())
    });
    assert_eq!((took, value), (SECOND, (true, false)));
}

#[test]
fn a_deadline_that_passes_during_cleanup_interrupts_it() {
    let cleaned = Rc::new(Cell::new(false));
    let flag = cleaned.clone();
    let (took, value) = timed(async move {
        timeout(3 * SECOND, async {
            let slow = pending::<()>().finally(async || {
                sleep(60 * SECOND).await;
                flag.set(true);
            });
            timeout(SECOND, slow).await
        })
        .await
    });
    assert_eq!((took, cleaned.get()), (3 * SECOND, false));
    assert!(value.is_err(), "of two that pass, the outer one is told");
}

#[test]
fn beyond_the_end_of_time_is_no_deadline() {
    let test_loop = TestLoop::new();
    let mut endless =
        enter(test_loop.runtime(), || HandPolled::new(timeout(Duration::MAX, pending::<()>())));
    assert_eq!(enter(test_loop.runtime(), || endless.poll()), Poll::Pending);
    assert_eq!((endless.future().when(), test_loop.armed_timers()), (None, 0));
    let (took, value) = timed(async { timeout(Duration::MAX, sleep(SECOND)).await });
    assert_eq!((took, value), (SECOND, Ok(())));
}

#[test]
fn a_panic_passes_through_and_leaves_no_timer() {
    let test_loop = TestLoop::new();
    let panics = async {
        sleep(SECOND).await;
        panic!("inside");
    };
    let task = test_loop.create_task(async move { timeout(60 * SECOND, panics).await });
    test_loop.advance(SECOND);
    assert!(task.result().is_err_and(|error| error.to_string().contains("inside")));
    assert_eq!(test_loop.armed_timers(), 0);
}

#[test]
fn any_future_can_be_given_by_reference() {
    let (_, values) = timed(async {
        let mut slow = pin!(async {
            sleep(3 * SECOND).await;
            "value"
        });
        let first = timeout(SECOND, slow.as_mut()).await;
        (first.is_err(), timeout(5 * SECOND, slow).await)
    });
    assert_eq!(values, (true, Ok("value")), "it goes on where it was");
}

#[test]
fn outside_a_loop_the_panic_names_the_caller() {
    let text = |run: &mut dyn FnMut()| {
        let payload = catch_unwind(AssertUnwindSafe(run)).unwrap_err();
        payload.downcast_ref::<String>().expect("a text").clone()
    };
    let call = text(&mut || drop(timeout(SECOND, ready(()))));
    assert!(call.contains(file!()), "{call}");

    let test_loop = TestLoop::new();
    let line = line!() + 1;
    let made = enter(test_loop.runtime(), || timeout(SECOND, pending::<()>()));
    let mut made = HandPolled::new(made);
    let poll = text(&mut || assert!(made.poll().is_pending()));
    assert!(poll.contains(&format!("{}:{line}", file!())), "{poll}");
}

#[test]
fn the_error_is_a_value() {
    let (_, error) = timed(async { timeout(Duration::ZERO, pending::<()>()).await.unwrap_err() });
    let copy: TimeoutError = error;
    assert_eq!((error, format!("{copy:?}")), (copy, format!("TimeoutError({error})")));
}
