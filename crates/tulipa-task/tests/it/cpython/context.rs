//! Context variables: `test_tasks.BaseTaskTests.test_context_*` and `test_context`.

use std::time::Duration;

use tulipa_context::{Context, ContextVar, copy_context};
use tulipa_rt::current;
use tulipa_task::{Promise, TaskBuilder, create_task};
use tulipa_test::{TestLoop, run};
use tulipa_time::{sleep, yield_now};

const MOMENT: Duration = Duration::from_millis(1);

/// `test_tasks.BaseTaskTests.test_context_1`
#[test]
fn a_task_has_the_values_of_its_making() {
    static VAR: ContextVar<&str> = ContextVar::with_default("cvar", "nope");
    run(async {
        assert_eq!(VAR.get(), Some("nope"));
        let sub = create_task(async {
            sleep(MOMENT).await;
            assert_eq!(VAR.get(), Some("nope"));
            VAR.set("something else");
        });
        VAR.set("yes");
        assert_eq!(VAR.get(), Some("yes"));
        sub.await.unwrap();
        assert_eq!(VAR.get(), Some("yes"));
    });
}

/// `test_tasks.BaseTaskTests.test_context_2`
#[test]
fn a_done_callback_does_not_change_the_context_of_who_waits() {
    static VAR: ContextVar<String> = ContextVar::new("cvar");
    run(async {
        assert_eq!(VAR.get(), None);
        for j in 0..2 {
            let promise = Promise::new();
            promise.add_done_callback(|_| drop(VAR.set("something else".into())));
            VAR.set(format!("yes{j}"));
            let to_set = promise.clone();
            current().call_soon(Box::new(move || to_set.set_result(()).unwrap()));
            promise.await.unwrap();
            assert_eq!(VAR.get(), Some(format!("yes{j}")));
            for i in 0..3 {
                VAR.set(format!("yes{i}-{j}"));
                sleep(MOMENT).await;
                assert_eq!(VAR.get(), Some(format!("yes{i}-{j}")));
            }
        }
    });
    assert_eq!(VAR.get(), None);
}

/// `test_tasks.BaseTaskTests.test_context_3`: a hundred tasks, each with its own values.
#[test]
fn many_tasks_beside_each_other() {
    static VAR: ContextVar<u64> = ContextVar::new("cvar");
    run(async {
        let sub = |num: u64| async move {
            for i in 0..10 {
                VAR.set(num + i);
                sleep(MOMENT * u32::try_from(1 + (num * 7 + i * 13) % 50).unwrap()).await;
                assert_eq!(VAR.get(), Some(num + i));
            }
        };
        let tasks: Vec<_> = (0..100).map(|num| create_task(sub(num))).collect();
        for task in tasks {
            task.await.unwrap();
        }
    });
    assert_eq!(VAR.get(), None);
}

/// `test_tasks.BaseTaskTests.test_context_4`, `test_context_5`, `test_context_6`: there is one way
/// to say in which context a task runs.
#[test]
fn a_context_that_is_given_is_changed() {
    static VAR: ContextVar<u32> = ContextVar::new("cvar");
    async fn sets(value: u32) {
        yield_now().await;
        VAR.set(value);
    }
    let seen = run(async {
        let context = copy_context();
        let mut seen = vec![context.get(&VAR)];
        for value in [1, 2] {
            TaskBuilder::new().context(&context).create_task(sets(value)).await.unwrap();
            seen.push(context.get(&VAR));
        }
        seen
    });
    assert_eq!(seen, [None, Some(1), Some(2)]);
}

/// `test_tasks.BaseTaskTests.test_get_context`
#[test]
fn a_task_tells_its_context() {
    let test_loop = TestLoop::new();
    let context = copy_context();
    let task =
        TaskBuilder::new().context(&context).on(&test_loop.runtime()).create_task(async { "ok" });
    test_loop.turn();
    assert!(task.done() && task.context().is_same(&context));
    assert!(!task.context().is_same(&Context::new()));
}

/// `test_context.DecimalContextTest.test_asyncio_task_decimal_context`: a setting that counts for
/// as long as a block lasts, in two tasks with different ones.
#[test]
fn a_setting_that_lasts_for_a_block() {
    static PRECISION: ContextVar<usize> = ContextVar::with_default("precision", 28);
    let show = |x: f64, y: f64| format!("{:.*}", PRECISION.get().unwrap(), x / y);
    run(async move {
        let fractions = move |after: u32, precision: usize| async move {
            let token = PRECISION.set(precision);
            let first = show(1.0, 3.0);
            sleep(MOMENT * after).await;
            let second = show(1.0, 9.0);
            PRECISION.reset(token).unwrap();
            (first, second, PRECISION.get())
        };
        let tasks =
            [(1, 3), (2, 6)].map(|(after, precision)| create_task(fractions(after, precision)));
        let [one, two] = tasks;
        let expected = |first: &str, second: &str| (first.to_owned(), second.to_owned(), Some(28));
        assert_eq!(one.await.unwrap(), expected("0.333", "0.111"));
        assert_eq!(two.await.unwrap(), expected("0.333333", "0.111111"));
    });
}
