//! How many requests to cancel are outstanding, and giving them back.

use std::future::pending;
use std::time::Duration;

use tulipa_cancel::catch_cancel;
use tulipa_task::current_task;
use tulipa_test::TestLoop;
use tulipa_time::{sleep, yield_now};

use crate::support::join;

const SECOND: Duration = Duration::from_secs(1);

/// S-CANCEL-8
#[test]
fn two_requests_before_delivery_are_delivered_once() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async {
        let caught = catch_cancel(pending::<()>()).await.unwrap_err();
        caught.suppress();
        yield_now().await;
        sleep(SECOND).await;
        current_task().unwrap().cancelling()
    });
    test_loop.turn();
    assert!(task.cancel() && task.cancel());
    assert_eq!(task.cancelling(), 2);
    test_loop.advance(SECOND);
    assert_eq!(join(task).unwrap(), 2);
}

/// S-CANCEL-9
#[test]
fn after_a_caught_cancellation_the_next_awaits_work() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async {
        catch_cancel(pending::<()>()).await.unwrap_err().suppress();
        let me = current_task().unwrap();
        assert_eq!(me.cancelling(), 1, "up until uncancel");
        sleep(SECOND).await;
        assert_eq!((me.uncancel(), me.cancelling()), (0, 0));
        sleep(SECOND).await;
        "survived"
    });
    test_loop.turn();
    task.cancel();
    test_loop.advance(3 * SECOND);
    assert_eq!(join(task).unwrap(), "survived");
}

/// S-CANCEL-10
#[test]
fn uncancel_counts_down_to_zero_and_not_below() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(pending::<()>());
    assert_eq!(task.uncancel(), 0);
    for _ in 0..3 {
        task.cancel();
    }
    assert_eq!([task.uncancel(), task.uncancel()], [2, 1]);
    assert_eq!(task.cancelling(), 1);
    assert_eq!([task.uncancel(), task.uncancel()], [0, 0]);
    test_loop.turn();
    assert!(!task.done());
}

/// S-CANCEL-10
#[test]
fn uncancel_to_zero_withdraws_a_request_that_was_not_seen() {
    let test_loop = TestLoop::new();
    let new = test_loop.create_task(async { "ran" });
    assert!(new.cancel());
    assert_eq!(new.uncancel(), 0);
    let waiting = test_loop.create_task(pending::<()>());
    test_loop.turn();
    waiting.cancel();
    waiting.cancel();
    waiting.uncancel();
    assert_eq!(waiting.uncancel(), 0);
    let still_asked = test_loop.create_task(pending::<()>());
    still_asked.cancel();
    still_asked.cancel();
    assert_eq!(still_asked.uncancel(), 1);
    test_loop.run_until_stalled();
    assert_eq!(join(new).unwrap(), "ran");
    assert!(!waiting.done());
    assert!(still_asked.cancelled(), "one request is left");
}
