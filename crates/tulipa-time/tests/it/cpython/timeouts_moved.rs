//! `test_timeouts`: deadlines that are moved, and when that is too late.

use std::future::pending;
use std::time::Duration;

use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_rt::enter;
use tulipa_task::{Promise, create_task};
use tulipa_test::{HandPolled, TestLoop};
use tulipa_time::{Deadline, sleep, timeout_at};

use super::{now, run, seconds, timed};

/// `test_timeouts.TimeoutTests.test_reschedule`
#[test]
fn reschedule() {
    let (took, ()) = timed(async {
        let given = Promise::new();
        let first = now() + seconds(10);
        let second = first + seconds(20);
        let to_set = given.clone();
        let task = create_task(async move {
            let deadline = Deadline::at(first);
            to_set.set_result(deadline.clone()).unwrap();
            timeout_at(deadline, sleep(seconds(50))).await
        });
        let deadline = given.await.unwrap();
        assert_eq!(deadline.when(), Some(first));
        deadline.reschedule(second).unwrap();
        assert_eq!(deadline.when(), Some(second));
        deadline.reschedule(None).unwrap();
        assert_eq!(deadline.when(), None);
        task.cancel();
        assert!(task.await.unwrap_err().is_cancelled());
        assert!(!deadline.expired());
    });
    assert_eq!(took, 0);
}

/// `test_timeouts.TimeoutTests.test_timeout_expired`
#[test]
fn too_late_when_it_has_expired() {
    run(async {
        let deadline = Deadline::after(seconds(1));
        assert!(timeout_at(&deadline, sleep(seconds(100))).await.is_err());
        let error = deadline.reschedule(now() + seconds(2)).unwrap_err();
        assert!(error.to_string().starts_with("the deadline has passed"), "{error}");
        assert!(deadline.expired());
    });
}

/// `test_timeouts.TimeoutTests.test_timeout_expiring`
#[test]
fn too_late_while_it_expires() {
    run(async {
        let deadline = Deadline::after(seconds(1));
        let body = async {
            let cancelled = catch_cancel(sleep(seconds(100))).await.unwrap_err();
            assert!(deadline.expired());
            assert!(deadline.reschedule(now() + seconds(2)).is_err());
            cancelled.suppress();
        };
        assert_eq!(timeout_at(&deadline, body).await, Ok(()));
    });
}

/// `test_timeouts.TimeoutTests.test_timeout_finished`, other than in asyncio: a deadline that did
/// not expire may be moved when what it bounded has ended, and is then the next one's.
#[test]
fn moved_when_the_block_has_ended() {
    let (took, ()) = timed(async {
        let deadline = Deadline::after(seconds(1));
        assert_eq!(timeout_at(&deadline, async {}).await, Ok(()));
        deadline.reschedule(now() + seconds(2)).unwrap();
        assert!(timeout_at(&deadline, pending::<()>()).await.is_err());
    });
    assert_eq!(took, 2);
}

/// `test_timeouts.TimeoutTests.test_timeout_not_entered`, other than in asyncio: it may be moved
/// before its use.
#[test]
fn moved_before_the_block_begins() {
    let (took, ()) = timed(async {
        let deadline = Deadline::after(seconds(1));
        deadline.reschedule(now() + seconds(2)).unwrap();
        assert!(timeout_at(deadline, pending::<()>()).await.is_err());
    });
    assert_eq!(took, 2);
}

/// `test_timeouts.TimeoutTests.test_timeout_already_entered`, other than in asyncio: one deadline
/// may bound one block inside another, and ends both.
#[test]
fn one_deadline_for_two_nested_blocks() {
    let (took, ()) = timed(async {
        let deadline = Deadline::after(seconds(1));
        let outer = timeout_at(&deadline, async {
            let cleaned_up = pending::<()>().finally(async || assert!(deadline.expired()));
            let inner = timeout_at(&deadline, cleaned_up).await;
            assert!(inner.is_err());
            sleep(seconds(100)).await;
        });
        assert!(outer.await.is_err());
    });
    assert_eq!(took, 1);
}

/// `test_timeouts.TimeoutTests.test_timeout_double_enter`, other than in asyncio: a deadline may be
/// used again.
#[test]
fn one_deadline_for_two_blocks_in_turn() {
    let (took, ()) = timed(async {
        let deadline = Deadline::after(seconds(3));
        assert_eq!(timeout_at(&deadline, sleep(seconds(2))).await, Ok(()));
        assert!(timeout_at(&deadline, sleep(seconds(2))).await.is_err());
    });
    assert_eq!(took, 3);
}

/// `test_timeouts.TimeoutTests.test_timeout_without_task`, the second half: it may be moved without
/// a task, too.
#[test]
fn moved_without_a_task() {
    let test_loop = TestLoop::new();
    let deadline = enter(test_loop.runtime(), || Deadline::after(seconds(1)));
    let mut limited = HandPolled::new(timeout_at(&deadline, pending::<()>()));
    assert!(enter(test_loop.runtime(), || limited.poll()).is_pending());
    deadline.reschedule(test_loop.now() + Duration::from_secs(2)).unwrap();
    assert!(limited.is_woken(), "to look at the new instant");
    assert!(enter(test_loop.runtime(), || limited.poll()).is_pending());
    test_loop.advance(seconds(1));
    assert!(!limited.is_woken());
    test_loop.advance(seconds(1));
    assert!(limited.is_woken());
    assert!(enter(test_loop.runtime(), || limited.poll()).is_ready());
}
