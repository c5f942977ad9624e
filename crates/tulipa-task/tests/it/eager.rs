//! Eager tasks: what runs inside `create_task`, and what is as with every task.

use std::cell::Cell;
use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_rt::{TaskFactory, current};
use tulipa_task::{
    Promise, Task, TaskBuilder, all_tasks, create_task, current_task, eager_task_factory,
};
use tulipa_test::{TestLoop, cancel_at_every_suspension, run};
use tulipa_time::yield_now;

use crate::support::Log;

fn eager<F: Future<Output: 'static> + 'static>(future: F) -> Task<F::Output> {
    TaskBuilder::new().eager_start(true).create_task(future)
}

/// asyncio statement S-TASK-7.
#[test]
fn it_runs_to_its_first_suspension_inside_the_call() {
    run(async {
        let log = Log::default();
        let inside = log.clone();
        let task = eager(async move {
            inside.add("begins");
            yield_now().await;
            inside.add("goes-on");
        });
        log.add("made");
        assert!(!task.done() && all_tasks().len() == 2);
        task.await.unwrap();
        assert_eq!(log.take(), "begins made goes-on");
    });
}

/// asyncio statement S-TASK-7.
#[test]
fn one_that_ends_at_once_is_done_and_was_never_queued() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async {
        let done = eager(async { 7 });
        assert!(done.done() && all_tasks().len() == 1);
        assert_eq!(*done.result().unwrap(), 7);
        done.await.unwrap()
    });
    assert!(test_loop.turn());
    assert_eq!(*task.result().unwrap(), 7, "awaiting it took no iteration");
    assert!(!test_loop.turn(), "nothing was left in the queue");
}

/// asyncio statement S-TASK-7.
#[test]
fn its_panic_is_its_results_and_not_its_makers() {
    run(async {
        let task: Task<()> = eager(async { panic!("on purpose") });
        assert!(task.panicked());
        assert_eq!(task.await.unwrap_err().panic_message(), Some("on purpose"));
    });
}

/// asyncio statement S-TASK-7.
#[test]
fn it_is_the_current_task_meanwhile_and_then_its_maker_is_again() {
    run(async {
        let outer = current_task().unwrap();
        let task = eager(async {
            let own = current_task().unwrap();
            eager(yield_now()).detach();
            assert_eq!(current_task().unwrap(), own);
            (own.parent(), own)
        });
        assert_eq!(current_task().unwrap(), outer);
        let view = task.task_ref();
        assert_eq!(task.await.unwrap(), (Some(outer.id()), view));
    });
}

/// asyncio statement S-TASK-8.
#[test]
fn cancelled_right_after_it_was_made_it_is_interrupted_where_it_waits() {
    run(async {
        let log = Log::default();
        let inside = log.clone();
        let mut task = eager(async move {
            inside.add("began");
            let caught = catch_cancel(pending::<()>()).await.unwrap_err();
            inside.add("cancelled");
            caught.resume().await;
        });
        task.cancel();
        assert!((&mut task).await.unwrap_err().is_cancelled());
        assert_eq!(log.take(), "began cancelled");
    });
}

/// asyncio statement S-TASK-9.
#[test]
fn a_task_that_says_so_overrides_the_factory() {
    run(async {
        let factory = TaskFactory::new(eager_task_factory);
        assert!(current().tasks().set_factory(Some(factory)).is_none());
        assert!(create_task(async {}).done());
        let lazy = TaskBuilder::new().eager_start(false).create_task(async {});
        assert!(!lazy.done());
        lazy.await.unwrap();
        let old = current().tasks().set_factory(None);
        assert_eq!(format!("{:?}", old.unwrap()), "<TaskFactory>");
        let lazy = create_task(async {});
        assert!(!lazy.done());
        lazy.await.unwrap();
    });
}

#[test]
fn a_factory_may_choose_a_name_and_its_panic_is_the_makers() {
    run(async {
        let factory = TaskFactory::new(|spec| {
            assert!(spec.name.as_deref() != Some("forbidden"), "no such name");
            spec.name.get_or_insert_with(|| "by the factory".into());
        });
        current().tasks().set_factory(Some(factory));
        let [one, two] = [TaskBuilder::new(), TaskBuilder::default().name("by its maker")]
            .map(|builder| builder.create_task(async {}));
        assert_eq!((&*one.name(), &*two.name()), ("by the factory", "by its maker"));
        let forbidden = TaskBuilder::new().name("forbidden");
        let made = catch_unwind(AssertUnwindSafe(|| forbidden.create_task(async {}).detach()));
        assert!(made.is_err());
        assert_eq!(all_tasks().len(), 3, "no task was made of it");
        current().tasks().set_factory(None);
    });
}

#[test]
fn on_a_loop_that_does_not_run_it_starts_in_the_first_iteration() {
    let test_loop = TestLoop::new();
    let builder = TaskBuilder::new().eager_start(true).on(&test_loop.runtime());
    assert!(format!("{builder:?}").contains("eager_start: Some(true)"));
    let task = builder.create_task(async { 1 });
    assert!(!task.done());
    test_loop.turn();
    assert_eq!(*task.result().unwrap(), 1);
}

#[test]
fn woken_in_its_first_step_it_goes_on_in_the_next_iteration() {
    run(async {
        let (promise, log) = (Promise::new(), Log::default());
        let (awaited, inside) = (promise.clone(), log.clone());
        let task = eager(async move {
            inside.add("waits");
            awaited.await.unwrap();
            inside.add("goes-on");
        });
        promise.set_result(()).unwrap();
        log.add("set");
        yield_now().await;
        log.add("next");
        task.await.unwrap();
        assert_eq!(log.take(), "waits set goes-on next");
    });
}

#[test]
fn its_spawn_place_is_the_line_that_made_it() {
    run(async {
        let task = TaskBuilder::new().eager_start(true).create_task(async {});
        assert_eq!(task.spawned_at().file(), file!());
        assert_eq!(task.spawned_at().line(), line!() - 2);
        let elsewhere = task.spawned_at();
        let other = TaskBuilder::new().spawned_at(elsewhere).create_task(async {});
        assert_eq!(other.spawned_at(), elsewhere);
    });
}

/// Nodes of the child have looked in the parent's poll, and are not the parent's to ask.
#[test]
fn an_eager_child_does_not_put_off_its_parents_own_cancellation() {
    run(async {
        let task = create_task(async {
            let caught = catch_cancel(async {
                current_task().unwrap().cancel();
                eager(pending::<()>().finally(yield_now)).detach();
                yield_now().await;
            });
            caught.await.is_err_and(|cancelled| {
                cancelled.suppress();
                true
            })
        });
        assert!(task.await.unwrap(), "cancelled at its very next suspension");
        for task in all_tasks() {
            if task != current_task().unwrap() {
                task.cancel();
            }
        }
        while all_tasks().len() > 1 {
            yield_now().await;
        }
    });
}

#[test]
fn cancelled_anywhere_it_cleans_up() {
    let suspensions = cancel_at_every_suspension(|point| async move {
        let cleaned = Rc::new(Cell::new(false));
        let inside = cleaned.clone();
        let task = eager(async move {
            point.victim(yield_now().finally(async || yield_now().await)).await;
            inside.set(true);
        });
        let ended = task.await;
        assert_eq!(ended.is_ok(), cleaned.get());
    });
    assert_eq!(suspensions, 2);
}
