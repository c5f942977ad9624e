//! A cancellation that a handle passed on to its task, and then is awaited somewhere else: what is
//! no business of the new place does not end it.

use std::cell::Cell;
use std::future::pending;
use std::rc::Rc;
use std::time::Duration;

use futures_lite::future::or;
use tulipa_cancel::{CancelExt, CancelScope};
use tulipa_task::{Promise, Task, create_task};
use tulipa_test::run;
use tulipa_time::{sleep, timeout, yield_now};

use crate::support::Log;

const SECOND: Duration = Duration::from_secs(1);

/// Waits for ever; cancelled, it cleans up for a minute.
fn slow_to_end() -> Task<()> {
    create_task(pending::<()>().finally(async || sleep(60 * SECOND).await))
}

#[test]
fn of_a_scope_that_is_over_the_result_is_given() {
    run(async {
        let mut task = slow_to_end();
        let limited = async { drop(timeout(SECOND, &mut task).await) };
        // The timeout waits for the cleanup, and nobody waits for the timeout.
        or(limited, sleep(2 * SECOND)).await;
        assert_eq!(task.cancelling(), 1);
        assert!(task.await.unwrap_err().is_cancelled());
    });
}

#[test]
fn of_another_task_the_result_is_given_and_the_other_task_unwinds() {
    run(async {
        let handed = Promise::new();
        let hands_on = handed.clone();
        let owner = create_task(async move {
            let mut task = slow_to_end();
            or(async { drop((&mut task).await) }, sleep(2 * SECOND)).await;
            let next = create_task(async { task.await.unwrap_err().is_cancelled() });
            hands_on.set_result(Rc::new(Cell::new(Some(next)))).unwrap();
            pending::<()>().await;
        });
        sleep(SECOND).await;
        owner.cancel();
        let next = handed.await.unwrap().take().unwrap();
        assert!(!owner.done(), "its cancellation waits in the handle");
        assert!(next.await.unwrap());
        assert!(owner.await.unwrap_err().is_cancelled());
    });
}

#[test]
fn from_outside_a_shield_the_result_is_given_inside_and_the_task_unwinds_after_it() {
    run(async {
        let log = Log::default();
        let inside = log.clone();
        let owner = create_task(async move {
            let mut task = slow_to_end();
            or(async { drop((&mut task).await) }, sleep(2 * SECOND)).await;
            let shielded = CancelScope::new().shield(true).run(&mut task).await.unwrap();
            inside.add(if shielded.is_err() { "given" } else { "" });
            yield_now().await;
            inside.add("not reached");
        });
        sleep(SECOND).await;
        owner.cancel();
        assert!(owner.await.unwrap_err().is_cancelled());
        assert_eq!(log.take(), "given");
    });
}
