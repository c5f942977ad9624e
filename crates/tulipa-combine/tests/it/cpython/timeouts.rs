//! Deadlines around groups and shields, from `test_timeouts` and `test_waitfor`. A hundredth of a
//! second there is a second here.

use std::time::Duration;

use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_combine::{TaskGroup, shield};
use tulipa_task::{Promise, create_task};
use tulipa_time::{sleep, timeout, wait_for};

use super::taskgroups::{Wrong, words};
use crate::support::{Stopwatch, after, fail, run, seconds};

/// `test_timeouts.TimeoutTests.test_timeout_taskgroup`: what goes wrong in the children's cleanup
/// comes out in place of the timeout. Of the body here only the wait in its cleanup is cut short.
#[test]
fn timeout_taskgroup() {
    run(async {
        let clock = Stopwatch::start();
        let group = TaskGroup::try_run(async |group| {
            let crashes = async {
                match catch_cancel(sleep(seconds(200))).await {
                    Ok(()) => Ok(()),
                    Err(cancelled) => {
                        cancelled.suppress();
                        Err(Wrong("division"))
                    }
                }
            };
            group.try_create_task(crashes).detach();
            let body = async { Err::<(), _>(Wrong("value")) };
            body.finally(async || sleep(seconds(100)).await).await
        });
        let ended = timeout(seconds(1), group).await;
        assert_eq!(words(ended.unwrap()), "division value");
        assert_eq!(clock.seconds(), 1);
    });
}

/// `test_timeouts.TimeoutTests.test_timeout_taskgroup`, with a panic in the cleanup
#[test]
fn timeout_taskgroup_panic() {
    run(async {
        let group = TaskGroup::run(async |group| {
            let crashes = sleep(seconds(200)).finally(async || fail("division"));
            group.create_task(crashes).detach();
        });
        let ended = timeout(seconds(1), group).await;
        assert_eq!(words(ended.unwrap()), "panicked: division");
    });
}

/// `test_waitfor.WaitForShieldTests.test_zero_timeout`
#[test]
fn wait_for_shield_with_a_zero_timeout() {
    run(async {
        let shielded = shield(after(1, "done"));
        let task = shielded.task_ref();
        assert!(wait_for(shielded, Duration::ZERO).await.is_err());
        assert!(!task.done() && !task.cancelled());
        sleep(seconds(10)).await;
        assert!(task.done() && !task.cancelled());
    });
}

/// `test_waitfor.WaitForShieldTests.test_none_timeout`
#[test]
fn wait_for_shield_without_a_timeout() {
    run(async {
        let task = create_task(after(10, "done"));
        let view = task.task_ref();
        let value = wait_for(shield(task), None).await;
        assert!(view.done());
        assert_eq!(value.unwrap().unwrap(), "done");
    });
}

/// `test_waitfor.WaitForShieldTests.test_shielded_timeout`
#[test]
fn wait_for_shield_that_times_out() {
    run(async {
        let clock = Stopwatch::start();
        let value = Promise::new();
        let to_set = value.clone();
        let work = async move { to_set.set_result(after(10, "done").await).unwrap() };
        let shielded = shield(work);
        let task = shielded.task_ref();
        assert!(wait_for(shielded, seconds(1)).await.is_err());
        assert!(!task.done() && !task.cancelled());
        assert_eq!((value.await.unwrap(), clock.seconds()), ("done", 10));
    });
}
