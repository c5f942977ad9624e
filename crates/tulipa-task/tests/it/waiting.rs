//! Who is told that a promise or a task is done, and in which order: awaiters and done-callbacks.

use std::cell::RefCell;
use std::rc::Rc;

use tulipa_task::{CallbackId, Promise, Task, create_task, current_task};
use tulipa_test::{TestLoop, run};
use tulipa_time::yield_now;

use crate::support::Log;

fn note(promise: &Promise<u8>, log: &Log, word: &'static str) -> CallbackId {
    let log = log.clone();
    promise.add_done_callback(move |_| log.add(word))
}

fn awaiter(promise: &Promise<u8>, log: &Log, word: &'static str) -> Task<()> {
    let (promise, log) = (promise.clone(), log.clone());
    create_task(async move {
        let _ = promise.await;
        log.add(word);
    })
}

/// S-FUT-3
#[test]
fn callbacks_never_run_inside_the_call_that_completes() {
    run(async {
        let log = Log::default();
        let [set, failed, cancelled] = [(); 3].map(|()| Promise::new());
        for promise in [&set, &failed, &cancelled] {
            note(promise, &log, "ran");
        }
        set.set_result(1).unwrap();
        failed.set_exception("x").unwrap();
        cancelled.cancel();
        assert_eq!(log.take(), "");
        note(&set, &log, "late");
        assert_eq!(log.take(), "", "nor inside add_done_callback on a done promise");
        yield_now().await;
        assert_eq!(log.take(), "ran ran ran late");
        assert!(failed.result().is_err());
    });
}

/// S-FUT-3
#[test]
fn callbacks_run_in_the_order_they_were_added_with_the_promise_as_argument() {
    run(async {
        let log = Log::default();
        let promise = Promise::new();
        for word in ["first", "second", "third"] {
            let log = log.clone();
            promise.add_done_callback(move |promise| {
                log.add(format_args!("{word}={}", promise.result().unwrap()));
                assert!(current_task().is_none(), "a callback is no task");
            });
        }
        promise.set_result(5).unwrap();
        yield_now().await;
        assert_eq!(log.take(), "first=5 second=5 third=5");
    });
}

/// S-FUT-3
#[test]
fn the_same_callback_added_twice_runs_twice() {
    run(async {
        let log = Log::default();
        let promise = Promise::new();
        let same = {
            let log = log.clone();
            move |_: &Promise<u8>| log.add("ran")
        };
        promise.add_done_callback(same.clone());
        promise.add_done_callback(same);
        promise.set_result(1).unwrap();
        yield_now().await;
        assert_eq!(log.take(), "ran ran");
    });
}

/// S-FUT-4: here a callback is named by what `add_done_callback` gave, so one at a time.
#[test]
fn a_callback_taken_back_does_not_run() {
    run(async {
        let log = Log::default();
        let promise = Promise::new();
        let [_, two, three] = ["one", "two", "three"].map(|word| note(&promise, &log, word));
        assert!(promise.remove_done_callback(two));
        assert!(!promise.remove_done_callback(two), "it was taken back before");
        promise.set_result(1).unwrap();
        assert!(!promise.remove_done_callback(three), "once done it cannot be unscheduled");
        yield_now().await;
        assert_eq!(log.take(), "one three");
        assert!(!promise.remove_done_callback(three));
    });
}

/// S-FUT-4
#[test]
fn a_callback_added_to_what_is_done_cannot_be_taken_back() {
    run(async {
        let log = Log::default();
        let promise = Promise::new();
        promise.set_result(1).unwrap();
        let late = note(&promise, &log, "late");
        assert!(!promise.remove_done_callback(late));

        let task = create_task(async {});
        yield_now().await;
        let late = task.add_done_callback({
            let log = log.clone();
            move |task| log.add(format_args!("task={}", task.done()))
        });
        assert!(!task.remove_done_callback(late));
        yield_now().await;
        assert_eq!(log.take(), "late task=true");
    });
}

/// S-FUT-5
#[test]
fn a_callback_that_panics_does_not_stop_the_others() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let promise = Promise::new_on(&test_loop.runtime());
    let task = test_loop.create_task(promise.clone());
    for word in ["before", "after"] {
        note(&promise, &log, word);
        task.add_done_callback({
            let log = log.clone();
            move |_| log.add(format_args!("task-{word}"))
        });
        if word == "before" {
            promise.add_done_callback(|_| panic!("in a promise's callback"));
            task.add_done_callback(|_| panic!("in a task's callback"));
        }
    }
    test_loop.turn();
    promise.set_result(1).unwrap();
    test_loop.run_until_stalled();
    assert_eq!(log.take(), "before after task-before task-after");
    let reports = test_loop.take_reports();
    let texts: Vec<_> = reports.iter().filter_map(|report| report.exception_text()).collect();
    assert_eq!(texts, ["in a promise's callback", "in a task's callback"]);
}

/// S-FUT-6
#[test]
fn awaiters_wake_in_the_order_they_began_to_wait() {
    run(async {
        let log = Log::default();
        let promise = Promise::new();
        let tasks = ["a", "b", "c", "d"].map(|word| awaiter(&promise, &log, word));
        yield_now().await;
        promise.set_result(1).unwrap();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(log.take(), "a b c d");
    });
}

#[test]
fn awaiters_and_callbacks_of_a_promise_share_one_order() {
    run(async {
        let log = Log::default();
        let promise = Promise::new();
        let first = awaiter(&promise, &log, "awaiter-1");
        yield_now().await;
        note(&promise, &log, "callback-2");
        let third = awaiter(&promise, &log, "awaiter-3");
        yield_now().await;
        note(&promise, &log, "callback-4");
        promise.set_result(1).unwrap();
        yield_now().await;
        assert_eq!(log.take(), "awaiter-1 callback-2 awaiter-3 callback-4");
        first.await.unwrap();
        third.await.unwrap();
    });
}

#[test]
fn callbacks_may_change_the_list_while_it_runs() {
    run(async {
        let log = Log::default();
        let promise = Promise::<u8>::new();
        let last: Rc<RefCell<Option<CallbackId>>> = Rc::default();
        promise.add_done_callback({
            let (log, last) = (log.clone(), last.clone());
            move |promise| {
                log.add("first");
                assert!(!promise.remove_done_callback(last.borrow().unwrap()), "all are scheduled");
                note(promise, &log, "added-inside");
            }
        });
        *last.borrow_mut() = Some(note(&promise, &log, "last"));
        promise.set_result(1).unwrap();
        yield_now().await;
        assert_eq!(log.take(), "first last");
        yield_now().await;
        assert_eq!(log.take(), "added-inside", "in the next iteration");
    });
}

#[test]
fn a_callback_of_one_promise_completes_another() {
    run(async {
        let log = Log::default();
        let [one, two] = [(); 2].map(|()| Promise::new());
        one.add_done_callback({
            let two = two.clone();
            move |one| two.set_result(one.result().unwrap() + 1).unwrap()
        });
        note(&two, &log, "two");
        one.set_result(1).unwrap();
        assert_eq!(two.await.unwrap(), 2);
        yield_now().await;
        assert_eq!(log.take(), "two");
    });
}

/// S-TASK-2
#[test]
fn an_awaiter_resumes_after_callbacks_that_the_last_step_queued() {
    run(async {
        let log = Log::default();
        let child = create_task({
            let log = log.clone();
            async move {
                let queued = log.clone();
                tulipa_rt::current().call_soon(Box::new(move || queued.add("queued")));
                log.add("child");
            }
        });
        child.await.unwrap();
        log.add("awaiter");
        assert_eq!(log.take(), "child queued awaiter");
    });
}

/// S-TASK-2
#[test]
fn an_awaiter_of_a_task_resumes_one_iteration_after_its_end() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let child = test_loop.create_task({
        let log = log.clone();
        async move {
            yield_now().await;
            log.add("child");
        }
    });
    let awaiter = test_loop.create_task({
        let log = log.clone();
        async move {
            child.await.unwrap();
            log.add("awaiter");
        }
    });
    test_loop.turn();
    test_loop.turn();
    assert_eq!(log.take(), "child");
    test_loop.turn();
    assert_eq!(log.take(), "awaiter");
    assert!(awaiter.done());
}

/// asyncio keeps one order for both; here a task's callbacks come first, its awaiter after them.
#[test]
fn callbacks_of_a_task_run_before_its_awaiter() {
    run(async {
        let log = Log::default();
        let mut child = create_task(yield_now());
        for word in ["first", "second"] {
            let log = log.clone();
            child.add_done_callback(move |task| {
                assert!(task.done());
                log.add(word);
            });
        }
        (&mut child).await.unwrap();
        log.add("awaiter");
        assert_eq!(log.take(), "first second awaiter");
    });
}

#[test]
fn a_task_callback_taken_back_does_not_run() {
    run(async {
        let log = Log::default();
        let child = create_task(yield_now());
        let [one, _] = ["one", "two"].map(|word| {
            let log = log.clone();
            child.add_done_callback(move |_| log.add(word))
        });
        assert!(child.remove_done_callback(one));
        assert!(!child.remove_done_callback(one));
        child.add_done_callback({
            let log = log.clone();
            move |_| log.add("three")
        });
        assert!(!child.remove_done_callback(one), "its number is not used again");
        child.await.unwrap();
        assert_eq!(log.take(), "two three");
    });
}
