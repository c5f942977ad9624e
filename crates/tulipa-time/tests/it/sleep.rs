//! Sleeping: how long, in which order, and what is left of a sleep that is dropped.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use futures_core::FusedFuture;
use tulipa_rt::enter;
use tulipa_task::create_task;
use tulipa_test::{HandPolled, TestLoop};
use tulipa_time::{Sleep, sleep, sleep_until, yield_now};

const SECOND: Duration = Duration::from_secs(1);

/// Polls a future as the loop would, outside of it.
fn poll<F: Future>(test_loop: &TestLoop, future: &mut HandPolled<F>) -> Poll<F::Output> {
    enter(test_loop.runtime(), || future.poll())
}

#[test]
fn it_lasts_as_long_as_was_asked() {
    for nanos in [1, 999, 1_000_000, 1_000_000_007, 1 << 60] {
        let test_loop = TestLoop::new();
        let start = test_loop.now();
        let nap = Duration::from_nanos(nanos);
        test_loop.run_until_complete(sleep(nap)).unwrap();
        assert_eq!(test_loop.now() - start, nap, "not a nanosecond more or less");
    }
}

#[test]
fn sleeps_end_in_order_of_deadline_then_of_beginning() {
    let test_loop = TestLoop::new();
    let log = Rc::new(RefCell::new(Vec::new()));
    let naps = [3, 1, 2, 1, 3, 1, 2, 5, 4, 1];
    for (task, nap) in naps.into_iter().enumerate() {
        let log = log.clone();
        let sleeps = async move {
            sleep(nap * SECOND).await;
            log.borrow_mut().push(task);
        };
        test_loop.create_task(sleeps).detach();
    }
    test_loop.advance(10 * SECOND);
    assert_eq!(log.take(), [1, 3, 5, 9, 2, 6, 0, 4, 8, 7]);
}

#[test]
fn equal_deadlines_reached_in_different_ways_are_first_come_first_served() {
    let test_loop = TestLoop::new();
    let end = test_loop.now() + 2 * SECOND;
    let log = Rc::new(RefCell::new(Vec::new()));
    let spawn = |name, future: std::pin::Pin<Box<dyn Future<Output = ()>>>| {
        let log = log.clone();
        let sleeps = async move {
            future.await;
            log.borrow_mut().push(name);
        };
        test_loop.create_task(sleeps).detach();
    };
    spawn("until", Box::pin(sleep_until(end)));
    spawn(
        "two halves",
        Box::pin(async {
            sleep(SECOND).await;
            sleep(SECOND).await;
        }),
    );
    spawn("for", Box::pin(sleep(2 * SECOND)));
    test_loop.advance(2 * SECOND);
    assert_eq!(log.take(), ["until", "for", "two halves"], "the second half began last");
}

#[test]
fn it_begins_when_it_is_first_polled() {
    let test_loop = TestLoop::new();
    let start = test_loop.now();
    let nap = sleep(SECOND);
    assert_eq!(nap.deadline(), None, "not known before");
    test_loop.advance(10 * SECOND);
    test_loop.run_until_complete(nap).unwrap();
    assert_eq!(test_loop.now() - start, 11 * SECOND);
}

#[test]
fn an_instant_in_the_past_gives_up_one_iteration() {
    let test_loop = TestLoop::new();
    let past = test_loop.now();
    test_loop.advance(SECOND);
    let task = test_loop.create_task(sleep_until(past));
    test_loop.turn();
    assert!(!task.done() && test_loop.armed_timers() == 0);
    test_loop.turn();
    assert!(task.done());
}

#[test]
fn beyond_the_end_of_time_is_for_ever() {
    let test_loop = TestLoop::new();
    let mut nap = HandPolled::new(sleep(Duration::MAX));
    assert_eq!(poll(&test_loop, &mut nap), Poll::Pending);
    assert_eq!((nap.future().deadline(), test_loop.armed_timers()), (None, 0));
    test_loop.advance(1_000_000 * SECOND);
    assert_eq!((nap.wakes(), poll(&test_loop, &mut nap)), (0, Poll::Pending));
}

#[test]
fn the_deadline_is_known_from_the_first_poll_on() {
    let test_loop = TestLoop::new();
    let end = test_loop.now() + SECOND;
    assert_eq!(sleep_until(end).deadline(), Some(end), "an instant is known at once");
    for (nap, end) in [(Duration::ZERO, test_loop.now()), (SECOND, end)] {
        let mut nap = HandPolled::new(sleep(nap));
        assert_eq!(poll(&test_loop, &mut nap), Poll::Pending);
        assert_eq!(nap.future().deadline(), Some(end));
        if nap.wakes() == 0 {
            test_loop.advance(SECOND);
        }
        assert_eq!(poll(&test_loop, &mut nap), Poll::Ready(()));
        assert_eq!(nap.future().deadline(), Some(end), "also afterwards");
        assert!(nap.future().is_terminated());
        assert_eq!(poll(&test_loop, &mut nap), Poll::Ready(()), "over is over");
    }
}

#[test]
fn dropped_it_leaves_no_timer() {
    let test_loop = TestLoop::new();
    test_loop
        .run_until_complete(async {
            let mut nap = pin!(Some(sleep(SECOND)));
            std::future::poll_fn(|cx| {
                let polled = nap.as_mut().as_pin_mut().expect("not dropped yet").poll(cx);
                assert!(polled.is_pending());
                Poll::Ready(())
            })
            .await;
            nap.set(None);
        })
        .unwrap();
    assert_eq!(test_loop.armed_timers(), 0);

    let task = test_loop.create_task(sleep(SECOND));
    test_loop.turn();
    assert_eq!(test_loop.armed_timers(), 1);
    task.cancel();
    test_loop.turn();
    assert_eq!(test_loop.armed_timers(), 0, "nor when its task is cancelled");
}

#[test]
fn dropped_away_from_its_loop_it_does_no_harm() {
    let [one, two] = [TestLoop::new(), TestLoop::new()];
    let mut nap = HandPolled::new(sleep(SECOND));
    assert_eq!(poll(&one, &mut nap), Poll::Pending);
    // The other loop has a timer of the same number.
    let other = two.create_task(sleep(SECOND));
    two.turn();
    enter(two.runtime(), || drop(nap));
    assert_eq!((one.armed_timers(), two.armed_timers()), (1, 1));
    one.advance(SECOND);
    two.advance(SECOND);
    assert!(other.done());
}

#[test]
fn moved_to_another_loop_it_goes_on_there() {
    let [one, two] = [TestLoop::new(), TestLoop::new()];
    two.advance(one.now().saturating_duration_since(two.now())); // let neither be behind
    let mut nap = HandPolled::new(sleep(10 * SECOND));
    assert_eq!(poll(&one, &mut nap), Poll::Pending);
    let end = nap.future().deadline().unwrap();
    assert_eq!(poll(&two, &mut nap), Poll::Pending);
    assert_eq!(two.armed_timers(), 1);
    one.advance(20 * SECOND);
    assert_eq!(poll(&two, &mut nap), Poll::Pending, "another clock counts now");
    two.advance(end.saturating_duration_since(two.now()));
    assert!(nap.is_woken());
    assert_eq!(poll(&two, &mut nap), Poll::Ready(()));
    assert_eq!(two.now(), end);
}

#[test]
fn handed_from_task_to_task_it_wakes_the_last() {
    let test_loop = TestLoop::new();
    let start = test_loop.now();
    let mut nap = Box::pin(sleep(2 * SECOND));
    let end = test_loop.run_until_complete(async move {
        // Begun by this task, then by a timeout of one second given back.
        assert!(tulipa_time::timeout(SECOND, nap.as_mut()).await.is_err());
        create_task(nap).await.unwrap();
        tulipa_rt::current().now()
    });
    assert_eq!(end.unwrap() - start, 2 * SECOND);
    assert_eq!(test_loop.armed_timers(), 0);
}

#[test]
fn a_poll_in_between_changes_nothing() {
    let test_loop = TestLoop::new();
    let mut nap = HandPolled::new(sleep(2 * SECOND));
    assert_eq!(poll(&test_loop, &mut nap), Poll::Pending);
    test_loop.advance(SECOND);
    assert_eq!(poll(&test_loop, &mut nap), Poll::Pending);
    assert_eq!((nap.wakes(), test_loop.armed_timers()), (0, 1), "still one timer");
    test_loop.advance(SECOND);
    assert_eq!((nap.wakes(), poll(&test_loop, &mut nap)), (1, Poll::Ready(())));
}

#[test]
fn outside_a_loop_the_panic_names_the_sleep_and_the_remedy() {
    let line = line!() + 1;
    let naps: [fn() -> Sleep; 2] = [|| sleep(SECOND), || sleep_until(std::time::Instant::now())];
    for nap in naps {
        let mut nap = HandPolled::new(nap());
        let payload = catch_unwind(AssertUnwindSafe(|| nap.poll())).unwrap_err();
        let text = payload.downcast_ref::<String>().expect("a text");
        assert!(text.contains(&format!("a sleep made at {}:{line}", file!())), "{text}");
        assert!(text.contains("call this from inside"), "it says what to do: {text}");
    }
}

#[test]
fn a_zero_sleep_lets_what_is_ready_run_first() {
    let order = tulipa_test::run(async {
        let log = Rc::new(RefCell::new(Vec::new()));
        let inner = log.clone();
        create_task(async move {
            inner.borrow_mut().push("the other task");
            yield_now().await;
            inner.borrow_mut().push("its second step");
        })
        .detach();
        sleep(Duration::ZERO).await;
        log.borrow_mut().push("this task");
        yield_now().await;
        log.take()
    });
    assert_eq!(order, ["the other task", "this task", "its second step"]);
}
