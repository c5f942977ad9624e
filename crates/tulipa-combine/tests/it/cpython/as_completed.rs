//! `as_completed`, from `test_tasks`. A tenth of a second there is a second here.

use tulipa_combine::{as_completed, gather};
use tulipa_task::{Promise, Task, create_task};
use tulipa_time::{TimeoutError, sleep};

use crate::support::{Stopwatch, after, run, seconds};

/// `test_tasks.BaseTaskTests.test_as_completed`
#[test]
fn in_order_of_completion() {
    run(async {
        let clock = Stopwatch::start();
        let mut results = as_completed([after(1, 'b'), after(15, 'c'), after(1, 'a')]);
        let mut values = String::new();
        while let Some(value) = results.next().await {
            values.push(value);
        }
        assert_eq!((values.as_str(), clock.seconds()), ("bac", 15));
    });
}

/// `test_tasks.BaseTaskTests.test_as_completed_same_tasks_in_as_out`: the results say which.
#[test]
fn results_may_carry_their_tasks() {
    run(async {
        let tasks = ["a", "b"].map(|name| create_task(async move { name }));
        let ids = tasks.each_ref().map(Task::id);
        let with_id = |mut task: Task<&'static str>| async move {
            let value = (&mut task).await.unwrap();
            (task.id(), value)
        };
        let mut results = as_completed(tasks.map(with_id));
        assert_eq!(results.next().await, Some((ids[0], "a")));
        assert_eq!(results.next().await, Some((ids[1], "b")));
    });
}

/// `test_tasks.BaseTaskTests.test_as_completed_with_timeout`
#[test]
fn with_timeout() {
    run(async {
        let clock = Stopwatch::start();
        let mut results = as_completed([after(10, 'a'), after(15, 'b')]).timeout(seconds(12));
        assert_eq!(results.next().await, Some(Ok('a')));
        assert_eq!(results.next().await, Some(Err(TimeoutError::new())));
        assert_eq!((results.next().await, clock.seconds()), (None, 12));
    });
}

/// `test_tasks.BaseTaskTests.test_as_completed_with_unused_timeout`
#[test]
fn with_unused_timeout() {
    run(async {
        let mut results = as_completed([after(1, 'a')]).timeout(seconds(100));
        while let Some(value) = results.next().await {
            assert_eq!(value, Ok('a'));
        }
    });
}

/// `test_tasks.BaseTaskTests.test_as_completed_resume_iterator`
#[test]
fn resume_iterator() {
    run(async {
        let mut results = as_completed((0..4).map(|n| async move { n }));
        let mut collected = Vec::new();
        for rounds in [2, 2] {
            for _ in 0..rounds {
                collected.extend(results.next().await);
            }
        }
        assert_eq!((collected, results.next().await), (vec![0, 1, 2, 3], None));
    });
}

/// `test_tasks.BaseTaskTests.test_as_completed_reverse_wait`: whoever asks first gets the first.
#[test]
fn the_first_to_ask_gets_the_first() {
    run(async {
        let clock = Stopwatch::start();
        let mut results = as_completed([after(5, 'a'), after(10, 'b')]);
        let first = results.next();
        assert_eq!((first.await, clock.seconds()), (Some('a'), 5));
        sleep(seconds(5)).await;
        assert_eq!((results.next().await, clock.seconds()), (Some('b'), 10));
    });
}

/// `test_tasks.BaseTaskTests.test_as_completed_concurrent`
#[test]
fn two_of_them_side_by_side() {
    run(async {
        let clock = Stopwatch::start();
        let halves = [['a', 'b'], ['c', 'd']].map(|names| async move {
            let mut results = as_completed(names.map(|name| after(5, name)));
            let mut names = String::new();
            while let Some(name) = results.next().await {
                names.push(name);
            }
            names
        });
        assert_eq!((gather(halves).await, clock.seconds()), (vec!["ab".into(), "cd".into()], 5));
    });
}

/// `test_tasks.BaseTaskTests.test_as_completed_duplicate_coroutines`, other than in asyncio: what
/// is given twice comes twice.
#[test]
fn duplicates() {
    run(async {
        let [ham, spam] = ["ham", "spam"].map(|word| {
            let promise = Promise::new();
            promise.set_result(word).unwrap();
            promise
        });
        let mut results = as_completed([ham.clone(), ham, spam]);
        let mut words = Vec::new();
        while let Some(word) = results.next().await {
            words.push(word.unwrap());
        }
        assert_eq!(words, ["ham", "ham", "spam"]);
    });
}

/// `test_tasks.BaseTaskTests.test_as_completed_coroutine_without_loop`
#[test]
fn without_loop() {
    let call = || drop(as_completed([async { 42 }]));
    assert!(std::panic::catch_unwind(call).is_err());
}

/// `test_tasks.BaseTaskTests.test_as_completed_coroutine_use_running_loop`
#[test]
fn use_running_loop() {
    run(async { assert_eq!(as_completed([async { 42 }]).next().await, Some(42)) });
}
