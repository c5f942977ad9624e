//! A deadline without an error: `None`, and the code goes on.

use std::future::pending;
use std::time::Duration;

use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_task::create_task;
use tulipa_test::{TestLoop, cancel_at_every_suspension};
use tulipa_time::{Deadline, move_on_after, move_on_at, sleep, timeout, yield_now};

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn in_time_it_is_the_value_and_else_none() {
    let test_loop = TestLoop::new();
    let start = test_loop.now();
    let ended = test_loop.run_until_complete(async move {
        let value = move_on_after(2 * SECOND, async {
            sleep(SECOND).await;
            "value"
        });
        let value = value.await;
        let none = move_on_at(start + 2 * SECOND, pending::<()>()).await;
        (value, none)
    });
    assert_eq!(ended.unwrap(), (Some("value"), None));
    assert_eq!((test_loop.now() - start, test_loop.armed_timers()), (2 * SECOND, 0));
}

#[test]
fn the_cleanup_is_awaited_and_a_value_that_it_has_all_the_same_is_kept() {
    tulipa_test::run(async {
        let slow = pending::<()>().finally(async || sleep(SECOND).await);
        assert_eq!(move_on_after(SECOND, slow).await, None);
        let stubborn = move_on_after(SECOND, async {
            catch_cancel(pending::<()>()).await.unwrap_err().suppress();
            sleep(SECOND).await;
            1
        });
        assert_eq!(stubborn.await, Some(1));
    });
}

#[test]
fn of_nested_ones_each_takes_its_own() {
    tulipa_test::run(async {
        let inner = move_on_after(SECOND, pending::<()>());
        assert_eq!(move_on_after(2 * SECOND, inner).await, Some(None));
        let inner = move_on_after(2 * SECOND, pending::<()>());
        assert!(timeout(SECOND, inner).await.is_err());
        let deadline = Deadline::after(SECOND);
        let inner = move_on_at(&deadline, pending::<()>());
        assert!(matches!(move_on_at(deadline.when(), inner).await, None | Some(None)));
    });
}

#[test]
fn a_cancellation_from_outside_passes_through_wherever_it_comes() {
    let suspensions = cancel_at_every_suspension(|point| async move {
        let task = create_task(async move {
            let body = sleep(9 * SECOND).finally(yield_now);
            point.victim(move_on_after(SECOND, body)).await
        });
        match task.await {
            Ok(ended) => assert_eq!(ended, None),
            Err(error) => assert!(error.is_cancelled()),
        }
    });
    assert_eq!(suspensions, 2);
}
