//! CPython's own tests of futures, callbacks and cancellation, written anew for promises and
//! tasks. Each test names the one it stands for; `README.md` lists those that have no place here.

mod basics; // test_tasks, test_futures2: making tasks, awaiting them, what they say
mod callbacks; // test_futures: BaseFutureDoneCallbackTests
mod cancel; // test_tasks: cancel
mod context; // test_tasks, test_context: context variables
mod eager; // test_eager_task_factory: EagerTaskFactoryLoopTests
mod futures; // test_futures: BaseFutureTests
mod retrieved; // test_futures, test_tasks: exceptions that were never retrieved
mod tasks; // test_tasks: current_task, set methods
mod threadsafe; // test_tasks: RunCoroutineThreadsafeTests
mod uncancel; // test_tasks: cancelling, uncancel
