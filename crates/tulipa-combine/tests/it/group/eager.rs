//! Children that run to their first suspension inside `create_task`.

use std::future::pending;

use tulipa_combine::TaskGroup;
use tulipa_rt::{TaskFactory, current};
use tulipa_task::{TaskBuilder, eager_task_factory};
use tulipa_time::yield_now;

use crate::support::{Log, run};

fn eager() -> TaskBuilder {
    TaskBuilder::new().eager_start(true)
}

#[test]
fn a_child_that_ends_at_once_is_not_waited_for() {
    run(async {
        let group = TaskGroup::run(async |group| {
            assert_eq!(*group.create_task_with(eager(), async { 1 }).result().unwrap(), 1);
            assert!(format!("{group:?}").contains("running: 0"));
        });
        group.await.unwrap();
    });
}

/// S-TG-10
#[test]
fn a_child_that_fails_at_once_interrupts_the_body_at_its_next_await_and_not_there() {
    run(async {
        let log = Log::default();
        let in_body = log.clone();
        let ended = TaskGroup::run(async move |group| {
            let fails = async { Err::<(), _>("no") };
            group.try_create_task_with(eager().name("eager"), fails).detach();
            in_body.add("went-on");
            yield_now().await;
            pending::<()>().await;
        });
        let errors = ended.await.unwrap_err().into_errors();
        assert_eq!((errors.len(), errors[0].task_name()), (1, Some("eager")));
        assert_eq!(log.take(), "went-on");
    });
}

#[test]
fn children_start_others_under_an_eager_factory() {
    run(async {
        current().tasks().set_factory(Some(TaskFactory::new(eager_task_factory)));
        let log = Log::default();
        let in_body = log.clone();
        let group = TaskGroup::run(async move |group| {
            let (child, log) = (group.clone(), in_body.clone());
            group
                .create_task(async move {
                    log.add("child");
                    let grandchild = log.clone();
                    child.create_task(async move { grandchild.add("grandchild") }).detach();
                    yield_now().await;
                    log.add("child-again");
                })
                .detach();
            in_body.add("body");
        });
        group.await.unwrap();
        assert_eq!(log.take(), "child grandchild body child-again");
    });
}
