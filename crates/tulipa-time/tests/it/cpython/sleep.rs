//! `test_tasks`: how long a sleep takes, and who runs meanwhile.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use tulipa_task::create_task;
use tulipa_time::sleep;

use super::{run, seconds, timed};

/// `test_tasks.BaseTaskTests.test_sleep`: a sleep has no result of its own to give.
#[test]
fn two_halves() {
    let (took, value) = timed(async {
        let task = create_task(async {
            sleep(seconds(5)).await;
            sleep(seconds(5)).await;
            "yeah"
        });
        task.await.unwrap()
    });
    assert_eq!((took, value), (10, "yeah"));
}

/// `test_tasks.SleepTests.test_sleep_zero`
#[test]
fn zero() {
    let (took, ()) = timed(async {
        let result = Rc::new(Cell::new(0));
        let to_increase = result.clone();
        let increase = Box::new(move || to_increase.set(to_increase.get() + 1));
        tulipa_rt::current().call_soon(increase);
        assert_eq!(result.get(), 0);
        sleep(Duration::ZERO).await;
        assert_eq!(result.get(), 1, "by the callback");
    });
    assert_eq!(took, 0);
}

/// `test_tasks.SleepTests.test_sleep_when_delay_is_nan`: a `Duration` is always a number; the
/// longest one is a sleep for ever, which can be cancelled.
#[test]
fn the_longest() {
    run(async {
        let task = create_task(sleep(Duration::MAX));
        sleep(seconds(1)).await;
        assert!(!task.done());
        task.cancel();
        assert!(task.await.unwrap_err().is_cancelled());
    });
}
