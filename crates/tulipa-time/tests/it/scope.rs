//! Cancel scopes with a deadline.

use std::future::pending;
use std::time::Duration;

use tulipa_cancel::{CancelExt, CancelScope};
use tulipa_task::create_task;
use tulipa_test::{TestLoop, cancel_at_every_suspension};
use tulipa_time::{CancelScopeExt, Deadline, sleep, yield_now};

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn the_deadline_cancels_the_scope() {
    let test_loop = TestLoop::new();
    let start = test_loop.now();
    let ended = test_loop.run_until_complete(async {
        let scope = CancelScope::new().deadline_after(SECOND);
        let handle = scope.handle();
        let ended = scope.run(sleep(9 * SECOND).finally(async || sleep(SECOND).await)).await;
        let ended = ended.unwrap_err().to_string();
        (ended, handle.cancel_called(), handle.cancelled_caught())
    });
    assert_eq!(ended.unwrap(), ("cancelled: its deadline passed".to_owned(), true, true));
    assert_eq!((test_loop.now() - start, test_loop.armed_timers()), (2 * SECOND, 0));
}

#[test]
fn its_handle_cancels_it_sooner_with_a_reason() {
    tulipa_test::run(async {
        let deadline = Deadline::after(SECOND);
        let scope = CancelScope::new().deadline(&deadline);
        let handle = scope.handle();
        let scoped = create_task(scope.run(pending::<()>()));
        yield_now().await;
        handle.cancel_with("no longer needed");
        let ended = scoped.await.unwrap().unwrap_err();
        assert_eq!(ended.message(), Some("no longer needed"));
        assert!(!deadline.expired());
    });
}

#[test]
fn a_shield_holds_back_what_is_outside_and_not_its_own_deadline() {
    let test_loop = TestLoop::new();
    let start = test_loop.now();
    let task = test_loop.create_task(async {
        let scope = CancelScope::new().deadline_after(5 * SECOND).shield(true);
        let scoped = scope.run(pending::<()>());
        assert_eq!(scoped.when(), Some(tulipa_rt::current().now() + 5 * SECOND));
        assert!(!scoped.expired());
        let ended = scoped.await;
        assert!(ended.is_err());
        sleep(SECOND).await;
        unreachable!("the cancellation goes on where the shield ends");
    });
    test_loop.turn();
    task.cancel();
    assert!(test_loop.run_until_complete(task).unwrap().unwrap_err().is_cancelled());
    assert_eq!(test_loop.now() - start, 5 * SECOND);
}

#[test]
fn a_scope_that_ends_in_time_forgets_its_deadline() {
    let test_loop = TestLoop::new();
    let scoped = async { CancelScope::new().deadline_after(SECOND).run(yield_now()).await };
    assert_eq!(test_loop.run_until_complete(scoped).unwrap(), Ok(()));
    assert_eq!(test_loop.armed_timers(), 0);
}

#[test]
fn cancelled_anywhere_it_forgets_its_deadline() {
    let suspensions = cancel_at_every_suspension(|point| async move {
        let task = create_task(async move {
            let scope = CancelScope::new().deadline_after(SECOND);
            point.victim(scope.run(sleep(9 * SECOND).finally(yield_now))).await
        });
        match task.await {
            Ok(ended) => assert!(ended.is_err()),
            Err(error) => assert!(error.is_cancelled()),
        }
    });
    assert_eq!(suspensions, 2);
}
