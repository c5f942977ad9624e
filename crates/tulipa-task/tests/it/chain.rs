//! Tasks that await tasks, and what a cancellation does on its way along them.

use std::future::pending;
use std::pin::{Pin, pin};
use std::time::Duration;

use futures_lite::{StreamExt, future};
use futures_util::stream::FuturesUnordered;
use tulipa_cancel::{CancelExt, catch_cancel};
use tulipa_task::{JoinError, Task, TaskRef, create_task, current_task};
use tulipa_test::{TestLoop, run};
use tulipa_time::{sleep, yield_now};

use crate::support::{Log, join};

const SECOND: Duration = Duration::from_secs(1);

/// Waits for ever; cancelled, it cleans up for a second and says so.
fn with_cleanup(log: &Log, word: &'static str) -> Task<()> {
    let log = log.clone();
    create_task(pending::<()>().finally(async move || {
        log.add(format_args!("{word}-cleaning"));
        sleep(SECOND).await;
        log.add(format_args!("{word}-clean"));
    }))
}

fn chain_of_three(test_loop: &TestLoop, log: &Log) -> (Task<()>, [TaskRef; 2]) {
    let views = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
    let (log, seen) = (log.clone(), views.clone());
    let top = test_loop.create_task(async move {
        let middle_log = log.clone();
        let inner_seen = seen.clone();
        let middle = create_task(async move {
            let bottom = with_cleanup(&middle_log, "bottom");
            inner_seen.borrow_mut().push(bottom.task_ref());
            bottom.finally(async || middle_log.add("middle")).await.unwrap();
        });
        seen.borrow_mut().push(middle.task_ref());
        middle.finally(async || log.add("top")).await.unwrap();
    });
    test_loop.run_until_stalled();
    let views = views.take().try_into().unwrap();
    (top, views)
}

#[test]
fn a_cancel_goes_down_the_chain_and_the_ends_come_up() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let (top, below) = chain_of_three(&test_loop, &log);
    top.cancel_with("stop");
    test_loop.run_until_stalled();
    assert_eq!(log.take(), "bottom-cleaning");
    assert!(!top.done() && below.iter().all(|task| !task.done() && task.cancelling() == 1));
    test_loop.advance(SECOND);
    assert_eq!(log.take(), "bottom-clean middle top");
    assert!(top.cancelled() && below.iter().all(TaskRef::cancelled));
    assert_eq!(join(top).unwrap_err().as_cancelled().unwrap().message(), Some("stop"));
}

#[test]
fn a_second_cancel_while_waiting_goes_down_too() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let (top, below) = chain_of_three(&test_loop, &log);
    top.cancel();
    test_loop.run_until_stalled();
    assert_eq!(log.take(), "bottom-cleaning");
    top.cancel();
    test_loop.run_until_stalled();
    assert_eq!(log.take(), "middle top", "the cleanup at the bottom was interrupted");
    assert!(top.cancelled() && below.iter().all(TaskRef::cancelled));
    assert_eq!((top.cancelling(), test_loop.armed_timers()), (2, 0));
}

/// S-CANCEL-7: here the value is returned and the parent's own request stays pending.
#[test]
fn a_child_that_swallows_the_cancel_gives_its_value_and_the_parent_still_ends_cancelled() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let parent = test_loop.create_task({
        let log = log.clone();
        async move {
            let child = create_task(async {
                catch_cancel(pending::<()>()).await.unwrap_err().suppress();
                yield_now().await;
                "swallowed"
            });
            log.add(child.await.unwrap());
            assert_eq!(current_task().unwrap().cancelling(), 1);
            yield_now().await;
            log.add("never");
        }
    });
    test_loop.turn();
    test_loop.turn();
    parent.cancel();
    test_loop.run_until_stalled();
    assert_eq!(log.take(), "swallowed");
    assert!(parent.cancelled());
}

#[test]
fn a_child_that_panics_while_unwinding_hands_the_parent_its_panic() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let parent = test_loop.create_task({
        let log = log.clone();
        async move {
            let child = create_task(pending::<()>().finally(async || panic!("broken-cleanup")));
            log.add(child.await.unwrap_err().panic_message().unwrap());
            yield_now().await;
            log.add("never");
        }
    });
    test_loop.turn();
    test_loop.turn();
    parent.cancel();
    test_loop.run_until_stalled();
    assert_eq!(log.take(), "broken-cleanup");
    assert!(parent.cancelled(), "the request stayed pending");
    assert!(test_loop.take_reports().is_empty(), "the panic was retrieved");
}

#[test]
fn a_child_that_had_ended_gives_its_value_to_a_parent_cancelled_since() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let child = test_loop.create_task(async { "value" });
    let parent = test_loop.create_task({
        let log = log.clone();
        async move {
            yield_now().await;
            log.add(child.await.unwrap());
            yield_now().await;
            log.add("never");
        }
    });
    test_loop.turn();
    parent.cancel();
    test_loop.run_until_stalled();
    assert_eq!(log.take(), "value");
    assert!(parent.cancelled());
}

#[test]
fn catch_cancel_around_a_task_waits_for_its_end_and_the_task_can_be_awaited_again() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let parent = test_loop.create_task({
        let log = log.clone();
        async move {
            let mut child = with_cleanup(&log, "child");
            let caught = catch_cancel(&mut child).await;
            log.add("caught");
            caught.unwrap_err().suppress();
            assert!(child.done());
            let error: JoinError = child.await.unwrap_err();
            assert!(error.is_cancelled());
            sleep(SECOND).await;
            "went on"
        }
    });
    test_loop.run_until_stalled();
    parent.cancel();
    test_loop.advance(3 * SECOND);
    assert_eq!(log.take(), "child-cleaning child-clean caught");
    assert_eq!(join(parent).unwrap(), "went on");
}

#[test]
fn a_cancel_reaches_both_tasks_of_a_zip() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let parent = test_loop.create_task({
        let log = log.clone();
        async move {
            let [a, b] = ["a", "b"].map(|word| with_cleanup(&log, word));
            future::zip(a, b).await
        }
    });
    test_loop.run_until_stalled();
    parent.cancel();
    test_loop.run_until_stalled();
    assert_eq!(log.take(), "a-cleaning", "a request is seen by one node at a time");
    test_loop.advance(SECOND);
    assert_eq!(log.take(), "a-clean b-cleaning");
    test_loop.advance(SECOND);
    assert_eq!(log.take(), "b-clean");
    assert!(parent.cancelled());
}

#[test]
fn a_cancel_reaches_a_task_inside_futures_unordered() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let parent = test_loop.create_task({
        let log = log.clone();
        async move {
            let task = with_cleanup(&log, "task");
            let mut all = FuturesUnordered::new();
            all.push(Box::pin(pending()) as Pin<Box<dyn Future<Output = ()>>>);
            all.push(Box::pin(async move { task.await.unwrap() }));
            all.push(Box::pin(sleep(10 * SECOND)));
            while all.next().await.is_some() {}
        }
    });
    test_loop.run_until_stalled();
    parent.cancel();
    test_loop.run_until_stalled();
    assert_eq!(log.take(), "task-cleaning");
    assert!(!parent.done());
    test_loop.advance(SECOND);
    assert_eq!(log.take(), "task-clean");
    assert!(parent.cancelled());
    assert_eq!((test_loop.pending_tasks(), test_loop.armed_timers()), (0, 0));
}

#[test]
fn a_request_that_an_abandoned_await_kept_comes_back_with_the_handle() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    let parent = test_loop.create_task({
        let log = log.clone();
        async move {
            let mut child = with_cleanup(&log, "child");
            let short = async { sleep(SECOND / 2).await };
            future::or(async { drop((&mut child).await) }, short).await;
            log.add("first-await-over");
            drop(child);
            sleep(SECOND).await;
            log.add("never");
        }
    });
    test_loop.run_until_stalled();
    parent.cancel();
    test_loop.advance(2 * SECOND);
    assert_eq!(log.take(), "child-cleaning first-await-over child-clean");
    assert!(parent.cancelled());
}

#[test]
fn awaiting_a_task_by_reference_again_goes_on_where_it_was() {
    run(async {
        let mut child = create_task(async {
            sleep(SECOND).await;
            "value"
        });
        let gave_up = future::or(async { Some((&mut child).await) }, async {
            yield_now().await;
            None
        });
        assert!(gave_up.await.is_none());
        assert!(!child.done());
        assert_eq!((&mut child).await.unwrap(), "value");
    });
}

#[test]
fn awaiting_a_task_that_gave_its_result_panics_and_says_so() {
    let test_loop = TestLoop::new();
    let task = test_loop.create_task(async {
        let mut child = create_task(async { 1 });
        assert_eq!((&mut child).await.unwrap(), 1);
        child.await.unwrap()
    });
    test_loop.run_until_stalled();
    let error = join(task).unwrap_err();
    let message = error.panic_message().unwrap();
    assert!(message.contains("was awaited after it gave its result"), "{message}");
    assert!(message.contains(file!()), "it names the task: {message}");
}

/// S-FUT-7: the second half.
#[test]
fn a_task_that_awaits_itself_panics_and_says_so() {
    let test_loop = TestLoop::new();
    let slot = std::rc::Rc::new(std::cell::RefCell::new(None::<Task<()>>));
    let task = test_loop.create_task({
        let slot = slot.clone();
        async move {
            let own = slot.take().unwrap();
            own.await.unwrap();
        }
    });
    let view = task.task_ref();
    *slot.borrow_mut() = Some(task);
    test_loop.run_until_stalled();
    assert!(view.done() && !view.cancelled());
    let reports = test_loop.take_reports();
    assert_eq!(reports.len(), 1);
    let text = "a task cannot await itself: it would never end";
    assert_eq!(reports[0].exception_text(), Some(text));
}

#[test]
fn a_task_of_another_loop_can_be_awaited() {
    let (home, abroad) = (TestLoop::new(), TestLoop::new());
    let child = home.create_task(async {
        yield_now().await;
        "from home"
    });
    let awaiter = abroad.create_task(child);
    abroad.run_until_stalled();
    home.run_until_stalled();
    abroad.run_until_stalled();
    assert_eq!(*awaiter.result().unwrap().as_ref().unwrap(), "from home");
}

#[test]
fn a_task_dropped_in_another_tasks_poll_goes_on_alone() {
    let test_loop = TestLoop::new();
    let log = Log::default();
    test_loop
        .run_until_complete({
            let log = log.clone();
            async move {
                let mut child = create_task({
                    let log = log.clone();
                    async move {
                        yield_now().await;
                        log.add("child");
                    }
                });
                {
                    let mut once = pin!(&mut child);
                    assert!(future::poll_once(once.as_mut()).await.is_none());
                }
                drop(child);
                log.add("dropped");
            }
        })
        .unwrap();
    test_loop.run_until_stalled();
    assert_eq!(log.take(), "dropped child");
}
