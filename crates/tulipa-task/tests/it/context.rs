//! Context variables and tasks: what is copied when, and what code runs in what.

use tulipa_context::{ContextVar, copy_context};
use tulipa_rt::current;
use tulipa_task::{Promise, TaskBuilder, create_task};
use tulipa_test::{TestLoop, run};
use tulipa_time::yield_now;

use crate::support::Log;

/// asyncio statement S-TASK-6.
#[test]
fn a_task_copies_its_creators_context_and_keeps_its_changes_to_itself() {
    static VAR: ContextVar<&str> = ContextVar::new("var");
    run(async {
        VAR.set("creator's");
        let task = create_task(async {
            assert_eq!(VAR.get(), Some("creator's"));
            VAR.set("its own");
            yield_now().await;
            VAR.get()
        });
        VAR.set("changed since");
        assert_eq!(task.await.unwrap(), Some("its own"));
        assert_eq!(VAR.get(), Some("changed since"));
    });
    assert_eq!(VAR.get(), None, "nor does the main task change its creator's");
}

/// asyncio statement S-TASK-6.
#[test]
fn what_is_awaited_directly_shares_its_callers_context() {
    static VAR: ContextVar<u32> = ContextVar::new("var");
    run(async {
        async {
            VAR.set(1);
            yield_now().await;
        }
        .await;
        assert_eq!(VAR.get(), Some(1));
    });
}

/// asyncio statement S-TASK-6.
#[test]
fn in_a_context_that_is_given_a_task_changes_that() {
    static VAR: ContextVar<u32> = ContextVar::with_default("var", 0);
    run(async {
        let context = copy_context();
        for n in 1..4 {
            let task = TaskBuilder::new().context(&context).create_task(async {
                yield_now().await;
                VAR.set(VAR.get().unwrap() + 1);
            });
            assert!(task.context().is_same(&context));
            task.await.unwrap();
            assert_eq!((context.get(&VAR), VAR.get()), (Some(n), Some(0)));
        }
    });
}

#[test]
fn tasks_that_take_turns_do_not_see_each_others_variables() {
    static VAR: ContextVar<usize> = ContextVar::new("var");
    run(async {
        let tasks: Vec<_> = (0..5)
            .map(|n| {
                create_task(async move {
                    for round in 0..10 {
                        VAR.set(n * 100 + round);
                        yield_now().await;
                        assert_eq!(VAR.get(), Some(n * 100 + round));
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
    });
}

/// asyncio statement S-LOOP-17.
#[test]
fn done_callbacks_run_in_a_copy_of_the_context_they_were_added_in() {
    static VAR: ContextVar<&str> = ContextVar::new("var");
    run(async {
        let log = Log::default();
        let (task, promise) = (create_task(yield_now()), Promise::<()>::new());
        VAR.set("added");
        for name in ["task", "promise"] {
            let log = log.clone();
            let look = move || log.add(format!("{name}:{}", VAR.get().unwrap()));
            match name {
                "task" => _ = task.add_done_callback(move |_| look()),
                _ => _ = promise.add_done_callback(move |_| look()),
            }
        }
        VAR.set("changed since");
        promise.cancel();
        task.await.unwrap();
        yield_now().await;
        assert_eq!(log.take(), "promise:added task:added");
    });
}

/// asyncio statement S-LOOP-17.
#[test]
fn a_callback_sees_the_context_of_its_scheduling() {
    static VAR: ContextVar<u32> = ContextVar::new("var");
    run(async {
        let seen = Promise::new();
        let setter = seen.clone();
        VAR.set(1);
        current().call_soon(Box::new(move || setter.set_result(VAR.get()).unwrap()));
        VAR.set(2);
        assert_eq!(seen.await.unwrap(), Some(1));
    });
}

#[test]
fn a_tasks_future_is_dropped_in_its_context() {
    static VAR: ContextVar<&str> = ContextVar::new("var");
    struct Guard(Log);
    impl Drop for Guard {
        fn drop(&mut self) {
            self.0.add(VAR.get().unwrap_or("none"));
        }
    }
    let test_loop = TestLoop::new();
    let log = Log::default();
    for cancel in [true, false] {
        let guard = Guard(log.clone());
        let task = test_loop.create_task(async move {
            VAR.set("own");
            let _guard = guard;
            std::future::pending::<()>().await;
        });
        test_loop.turn();
        if cancel {
            task.cancel();
            test_loop.turn();
        }
    }
    drop(test_loop);
    assert_eq!(log.take(), "own own", "cancelled, and closed with its loop");
}
