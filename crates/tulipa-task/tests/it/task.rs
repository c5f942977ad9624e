//! Tasks without trouble: when they start, what they are called, which ones there are, which runs.

use std::cell::RefCell;
use std::rc::Rc;

use tulipa_task::{Task, TaskRef, all_tasks, create_task, create_task_on, current_task};
use tulipa_test::{TestLoop, run};
use tulipa_time::{sleep, yield_now};

use crate::support::Log;

fn names(tasks: &[TaskRef]) -> String {
    tasks.iter().map(|task| task.name().to_string()).collect::<Vec<_>>().join(" ")
}

/// S-TASK-1
#[test]
fn create_task_runs_nothing_and_tasks_start_in_order_of_creation() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let tasks = ["a", "b", "c"].map(|word| {
        let log = log.clone();
        test_loop.create_task(async move { log.add(word) })
    });
    assert_eq!(log.take(), "");
    assert!(tasks.iter().all(|task| !task.done()));
    test_loop.turn();
    assert_eq!(log.take(), "a b c");
    assert!(tasks.iter().all(Task::done));
}

/// S-TASK-1
#[test]
fn a_task_made_by_a_task_starts_in_the_next_iteration() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let outer = test_loop.create_task({
        let log = log.clone();
        async move {
            let inner = log.clone();
            create_task(async move { inner.add("inner") }).detach();
            log.add("outer");
        }
    });
    test_loop.turn();
    assert_eq!(log.take(), "outer");
    assert!(outer.done());
    test_loop.turn();
    assert_eq!(log.take(), "inner");
}

/// S-TASK-1
#[test]
fn all_tasks_lists_what_has_not_ended_in_order_of_creation() {
    run(async {
        current_task().unwrap().set_name("main");
        let tasks = ["a", "b", "c"].map(|name| create_task(yield_now()).with_name(name));
        assert_eq!(names(&all_tasks()), "main a b c", "before any of them ran");
        let [a, b, c] = tasks;
        b.cancel();
        yield_now().await;
        assert_eq!(names(&all_tasks()), "main a c");
        a.detach();
        assert_eq!(names(&all_tasks()), "main a c", "the loop owns a detached task");
        c.await.unwrap();
        assert_eq!(names(&all_tasks()), "main");
    });
}

/// S-TASK-1
#[test]
fn current_task_is_the_one_whose_code_runs() {
    run(async {
        let main = current_task().unwrap();
        assert_eq!(all_tasks(), std::slice::from_ref(&main));
        let (child, seen) =
            create_task(async { (current_task().unwrap(), all_tasks().len()) }).await.unwrap();
        assert_ne!(child, main);
        assert_eq!(seen, 2);
        assert_eq!(current_task().unwrap(), main, "set back after the child's steps");
        assert_eq!(child.parent(), Some(main.id()));
        assert_eq!(main.parent(), None);
    });
}

/// S-TASK-1
#[test]
fn current_task_is_none_in_plain_callbacks_and_outside() {
    assert!(current_task().is_none());
    run(async {
        let seen = Rc::new(RefCell::new(Vec::new()));
        let [soon, done] = [seen.clone(), seen.clone()];
        tulipa_rt::current()
            .call_soon(Box::new(move || soon.borrow_mut().push(current_task().is_none())));
        let task = create_task(async {});
        task.add_done_callback(move |_| done.borrow_mut().push(current_task().is_none()));
        task.await.unwrap();
        assert_eq!(*seen.borrow(), [true, true]);
    });
}

/// S-TASK-3
#[test]
fn tasks_that_yield_in_a_loop_take_turns() {
    run(async {
        let log = Log::default();
        let tasks = ["a", "b", "c"].map(|word| {
            let log = log.clone();
            create_task(async move {
                for round in 1..=3 {
                    log.add(format_args!("{word}{round}"));
                    yield_now().await;
                }
            })
        });
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(log.take(), "a1 b1 c1 a2 b2 c2 a3 b3 c3");
    });
}

/// S-TASK-3
#[test]
fn a_yield_gives_up_exactly_one_iteration() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    test_loop
        .create_task({
            let log = log.clone();
            async move {
                for step in 1..=3 {
                    log.add(step);
                    yield_now().await;
                }
            }
        })
        .detach();
    for step in ["1", "2", "3"] {
        assert!(test_loop.turn());
        assert_eq!(log.take(), step);
    }
}

/// S-TASK-5: the loop owns its tasks, so one that only waits is neither lost nor reported.
#[test]
fn a_suspended_task_that_nobody_holds_lives_on() {
    let test_loop = TestLoop::new();
    test_loop.create_task(std::future::pending::<()>()).detach();
    test_loop.run_until_stalled();
    assert_eq!(test_loop.pending_tasks(), 1);
    assert!(test_loop.take_reports().is_empty());
}

#[test]
fn a_task_without_a_name_is_called_by_its_number() {
    run(async {
        let task = create_task(async {});
        assert_eq!(*task.name(), *format!("Task-{}", task.id()));
        assert_eq!(task.task_ref().name(), task.name());
        let next = create_task(async {});
        assert!(next.id() > task.id());
        drop((task, next));
    });
}

#[test]
fn a_name_is_one_for_all_views_and_stays_after_the_end() {
    run(async {
        let mut task = create_task(async { current_task().unwrap().name() }).with_name("first");
        let view = task.task_ref();
        assert_eq!(&*view.name(), "first");
        view.set_name("second");
        assert_eq!(&*task.name(), "second");
        assert_eq!(&*(&mut task).await.unwrap(), "second");
        task.set_name("third");
        assert_eq!(&*view.name(), "third", "even after the end");
        drop(task);
        assert_eq!(&*view.name(), "third");
        assert!(view.done());
    });
}

#[test]
fn a_view_made_before_or_after_the_end_says_the_same() {
    let test_loop = TestLoop::new();
    let tasks = [false, true].map(|cancel| {
        let task = test_loop.create_task(yield_now());
        if cancel {
            task.cancel();
        }
        (task, cancel)
    });
    let before: Vec<_> = tasks.iter().map(|(task, _)| task.task_ref()).collect();
    test_loop.run_until_stalled();
    for ((task, cancelled), before) in tasks.iter().zip(before) {
        let after = task.task_ref();
        assert_eq!(before, after);
        for view in [before, after] {
            assert!(view.done() && !view.cancel());
            assert_eq!(view.cancelled(), *cancelled);
        }
    }
    let silent = test_loop.create_task(async {});
    test_loop.run_until_stalled();
    let first_look = silent.task_ref();
    assert!(first_look.done() && !first_look.cancelled() && !first_look.cancel());
}

#[test]
fn spawned_at_is_the_callers_line() {
    let test_loop = TestLoop::new();
    let (on_loop, line) = (test_loop.create_task(async {}), line!());
    assert_eq!((on_loop.spawned_at().file(), on_loop.spawned_at().line()), (file!(), line));
    let (by_runtime, line) = (create_task_on(&test_loop.runtime(), async {}), line!());
    assert_eq!((by_runtime.spawned_at().file(), by_runtime.spawned_at().line()), (file!(), line));
    test_loop
        .run_until_complete(async {
            let (task, line) = (create_task(async {}), line!());
            assert_eq!((task.spawned_at().file(), task.spawned_at().line()), (file!(), line));
            assert_eq!(task.task_ref().spawned_at(), task.spawned_at());
        })
        .unwrap();
}

#[test]
fn debug_tells_state_name_and_place() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(std::future::pending::<()>()).with_name("idle");
    let (at, view) = (task.spawned_at(), task.task_ref());
    assert!(at.to_string().ends_with(&format!(":{}:{}", at.line(), at.column())));
    let both = |task: &Task<()>| {
        let [handle, view] = [format!("{task:?}"), format!("{view:?}")];
        assert_eq!(handle, view);
        handle
    };
    assert_eq!(both(&task), format!("<Task pending name='idle' spawned at {at}>"));
    test_loop.turn();
    task.cancel();
    assert_eq!(both(&task), format!("<Task cancelling name='idle' spawned at {at}>"));
    test_loop.turn();
    assert_eq!(both(&task), format!("<Task cancelled name='idle' spawned at {at}>"));
}

#[test]
fn debug_tells_how_a_task_ended_even_after_the_result_was_given() {
    run(async {
        let mut task = create_task(async {}).with_name("quick");
        (&mut task).await.unwrap();
        assert!(format!("{task:?}").starts_with("<Task finished name='quick'"), "{task:?}");
        let mut task = create_task(async { panic!("on purpose") });
        assert!((&mut task).await.is_err());
        assert!(format!("{task:?}").starts_with("<Task panicked"), "{task:?}");
        let mut task = create_task(std::future::pending::<()>());
        task.cancel();
        assert!((&mut task).await.is_err());
        assert!(format!("{task:?}").starts_with("<Task cancelled"), "{task:?}");
    });
}

#[test]
fn dropping_a_handle_and_detaching_let_the_task_go_on() {
    run(async {
        let log = Log::default();
        for word in ["dropped", "detached"] {
            let log = log.clone();
            let task = create_task(async move {
                sleep(std::time::Duration::from_secs(1)).await;
                log.add(word);
            });
            if word == "dropped" { drop(task) } else { task.detach() }
        }
        sleep(std::time::Duration::from_secs(2)).await;
        assert_eq!(log.take(), "dropped detached");
    });
}

#[test]
fn a_handle_may_be_dropped_inside_the_poll_of_its_own_task() {
    let test_loop = TestLoop::new();
    let slot: Rc<RefCell<Option<Task<()>>>> = Rc::default();
    let task = test_loop.create_task({
        let slot = slot.clone();
        async move {
            drop(slot.take());
            yield_now().await;
        }
    });
    let view = task.task_ref();
    *slot.borrow_mut() = Some(task);
    test_loop.run_until_stalled();
    assert!(view.done() && !view.cancelled());
}

#[test]
fn create_task_outside_a_loop_names_the_missing_loop_and_the_caller() {
    let panic = std::panic::catch_unwind(|| create_task(async {}).detach()).unwrap_err();
    let text = panic.downcast_ref::<String>().unwrap();
    assert!(text.contains("no event loop is running") && text.contains(file!()), "{text}");
    assert!(std::panic::catch_unwind(all_tasks).is_err());
}
