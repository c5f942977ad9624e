//! `test_tasks.RunCoroutineThreadsafeTests`, over `submission`; the threads are real, the time is
//! not.

use std::thread;
use std::time::Duration;

use tulipa_rt::TaskFactory;
use tulipa_task::{ConcurrentError, ConcurrentFuture, current_task, submission};
use tulipa_test::TestLoop;
use tulipa_time::{sleep, yield_now};

#[derive(Clone, Copy, PartialEq)]
enum How {
    Add,
    Fail,
    Cancel,
}

async fn add(a: u32, b: u32, how: How) -> u32 {
    sleep(Duration::from_millis(50)).await;
    assert!(how != How::Fail, "Fail!");
    if how == How::Cancel {
        current_task().unwrap().cancel();
        yield_now().await;
    }
    a + b
}

/// Waits on a thread of its own while the loop runs here.
fn target(how: How) -> Result<u32, ConcurrentError> {
    let (job, future) = submission(move || add(1, 2, how));
    let waiting = thread::spawn(move || future.wait(None));
    let test_loop = TestLoop::new();
    test_loop.run_until_complete(async move { job() }).unwrap();
    test_loop.advance(Duration::from_secs(1));
    assert_eq!(test_loop.pending_tasks(), 0);
    waiting.join().unwrap()
}

/// `test_tasks.RunCoroutineThreadsafeTests.test_run_coroutine_threadsafe`
#[test]
fn result_real_threads() {
    assert_eq!(target(How::Add).unwrap(), 3);
}

/// `test_tasks.RunCoroutineThreadsafeTests.test_run_coroutine_threadsafe_with_exception`
#[test]
fn exception_real_threads() {
    let Err(ConcurrentError::Failed(error)) = target(How::Fail) else { panic!() };
    assert_eq!(error.panic_message(), Some("Fail!"));
}

/// `test_tasks.RunCoroutineThreadsafeTests.test_run_coroutine_threadsafe_task_cancelled`
#[test]
fn task_cancelled_real_threads() {
    let Err(ConcurrentError::Failed(error)) = target(How::Cancel) else { panic!() };
    assert!(error.is_cancelled());
}

/// `test_tasks.RunCoroutineThreadsafeTests.test_run_coroutine_threadsafe_with_timeout`
#[test]
fn timeout_real_threads() {
    let (job, future) = submission(|| add(1, 2, How::Add));
    let waiting = thread::spawn(move || {
        let timed_out = future.wait(Some(Duration::ZERO));
        assert!(matches!(timed_out, Err(ConcurrentError::TimedOut)));
        assert!(ConcurrentFuture::cancel(&future));
    });
    waiting.join().unwrap();
    let test_loop = TestLoop::new();
    test_loop.run_until_complete(async move { job() }).unwrap();
    assert_eq!(test_loop.pending_tasks(), 0, "it was cancelled");
}

/// `test_tasks.RunCoroutineThreadsafeTests.test_run_coroutine_threadsafe_task_factory_exception`,
/// other than in asyncio: the panic is the callback's, which the loop reports; who waits is told
/// that there is no task.
#[test]
fn task_factory_exception_real_threads() {
    let (job, future) = submission(|| add(1, 2, How::Add));
    let waiting = thread::spawn(move || future.wait(None));
    let test_loop = TestLoop::new();
    let broken = TaskFactory::new(|_| panic!("name error"));
    test_loop.runtime().tasks().set_factory(Some(broken));
    test_loop.runtime().call_soon(job);
    test_loop.turn();
    let told = waiting.join().unwrap();
    assert!(matches!(told, Err(ConcurrentError::LoopClosed)), "{told:?}");
    let reports = test_loop.take_reports();
    assert_eq!((reports.len(), reports[0].exception_text()), (1, Some("name error")));
    assert_eq!(test_loop.pending_tasks(), 0);
}
