//! What the crate promises, stated through awaits alone, on three executors: tokio's, smol's, and
//! the loop with the virtual clock. All of them run everything on one thread.

mod branches; // several branches in one task: joins, races, `FuturesUnordered`
mod catch; // what code may do with a cancellation it has caught
mod finally; // cleanup after a value, a panic, a cancellation
mod nodes; // combinators and hosts of one's own
mod requests; // counts, messages, who is current, raise
mod scope; // a part of a task that is cancelled alone
mod shield; // a part of a task that the task's cancellation does not reach
mod threads; // requests and tokens on other threads
mod token; // tokens that were dropped, or moved

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use futures_lite::FutureExt;
use futures_lite::future::yield_now;
use tulipa_cancel::{CancelHandle, CancelledError, cancellable};

pub(crate) type Job<T> = Pin<Box<dyn Future<Output = T>>>;

/// An executor under test; a handle on it, of which each scenario has one.
pub(crate) trait Executor: Sized + 'static {
    /// Runs a scenario to its end.
    fn run<F: Future<Output = ()> + 'static>(scenario: impl FnOnce(Self) -> F);

    /// Runs a future beside the scenario.
    fn spawn<T: 'static>(&self, future: impl Future<Output = T> + 'static) -> Job<T>;

    /// Runs a future as a cancellable task of this executor.
    fn start<T: 'static>(
        &self,
        future: impl Future<Output = T> + 'static,
    ) -> (Job<Result<T, CancelledError>>, CancelHandle) {
        let (work, handle) = cancellable(future);
        (self.spawn(work), handle)
    }
}

/// Far beyond what a scenario takes: where a wake-up is lost, the test fails and does not hang.
const LIMIT: Duration = Duration::from_secs(60);

pub(crate) struct Tokio;

impl Executor for Tokio {
    fn run<F: Future<Output = ()> + 'static>(scenario: impl FnOnce(Self) -> F) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let local = tokio::task::LocalSet::new();
        let scenario = scenario(Self);
        let limited = async { tokio::time::timeout(LIMIT, scenario).await };
        runtime.block_on(local.run_until(limited)).expect("a wake-up was lost");
    }

    fn spawn<T: 'static>(&self, future: impl Future<Output = T> + 'static) -> Job<T> {
        let task = tokio::task::spawn_local(future);
        Box::pin(async { task.await.unwrap() })
    }
}

pub(crate) struct Smol(Rc<smol::LocalExecutor<'static>>);

impl Executor for Smol {
    fn run<F: Future<Output = ()> + 'static>(scenario: impl FnOnce(Self) -> F) {
        let executor = Rc::<smol::LocalExecutor<'_>>::default();
        let scenario = scenario(Self(executor.clone()));
        let limit = async {
            smol::Timer::after(LIMIT).await;
            panic!("a wake-up was lost");
        };
        smol::block_on(executor.run(scenario.or(limit)));
    }

    fn spawn<T: 'static>(&self, future: impl Future<Output = T> + 'static) -> Job<T> {
        Box::pin(self.0.spawn(future))
    }
}

pub(crate) struct Tulipa;

impl Executor for Tulipa {
    fn run<F: Future<Output = ()> + 'static>(scenario: impl FnOnce(Self) -> F) {
        let test_loop = tulipa_test::TestLoop::new();
        test_loop.run_until_complete(scenario(Self)).expect("no wake-up is lost");
    }

    fn spawn<T: 'static>(&self, future: impl Future<Output = T> + 'static) -> Job<T> {
        let task = tulipa_task::create_task(future);
        Box::pin(async { task.await.unwrap() })
    }
}

/// Lets everything else run, until it waits.
pub(crate) async fn settle() {
    for _ in 0..64 {
        yield_now().await;
    }
}

/// Makes a test per executor of each scenario.
macro_rules! on_each_executor {
    ($($scenario:ident),+ $(,)?) => {$(
        mod $scenario {
            use crate::on_executors::{Executor, Smol, Tokio, Tulipa};

            #[test]
            fn on_tokio() {
                Tokio::run(super::$scenario);
            }

            #[test]
            fn on_smol() {
                Smol::run(super::$scenario);
            }

            #[test]
            fn on_tulipa() {
                Tulipa::run(super::$scenario);
            }
        }
    )+};
}

use on_each_executor;
