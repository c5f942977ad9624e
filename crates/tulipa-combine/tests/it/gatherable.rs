//! What can be gathered, what its types are, and where its children say they come from.

use std::future::{Future, IntoFuture, Ready, ready};
use std::pin::Pin;

use tulipa_combine::{as_completed, gather, shield};
use tulipa_task::{Task, all_tasks, create_task, current_task};

use crate::support::{after, run};

type Boxed<T> = Pin<Box<dyn Future<Output = T>>>;

/// Something that is awaited by way of `IntoFuture` only.
struct Request(u32);

impl IntoFuture for Request {
    type Output = u32;
    type IntoFuture = Ready<u32>;

    fn into_future(self) -> Ready<u32> {
        ready(self.0)
    }
}

#[test]
fn whatever_iterates_over_futures_gives_a_vec() {
    run(async {
        let of_vec: Vec<u32> = gather(vec![ready(1), ready(2)]).await;
        let of_array: Vec<u32> = gather([ready(1), ready(2)]).await;
        let of_iterator = gather((1..3).map(ready)).await;
        let of_option: Vec<u32> = gather(Some(ready(1))).await;
        let of_boxed = gather(vec![Box::pin(ready(1u32)) as Boxed<_>, Box::pin(after(1, 2))]).await;
        assert_eq!([of_vec, of_array, of_iterator, of_boxed], [[1, 2]; 4]);
        assert_eq!(of_option, [1]);
        assert_eq!(gather([Request(1), Request(2)]).await, [1, 2]);
        assert_eq!(gather(Vec::<Ready<u32>>::new()).await, [0; 0]);
        assert_eq!(gather(std::iter::empty::<Boxed<u32>>()).await, [0; 0]);
    });
}

#[test]
fn tuples_of_one_to_twelve_give_tuples() {
    let f = ready::<u8>;
    run(async move {
        assert_eq!(gather((f(0),)).await, (0,));
        assert_eq!(gather((f(0), f(1))).await, (0, 1));
        assert_eq!(gather((f(0), f(1), f(2))).await, (0, 1, 2));
        assert_eq!(gather((f(0), f(1), f(2), f(3))).await, (0, 1, 2, 3));
        assert_eq!(gather((f(0), f(1), f(2), f(3), f(4))).await, (0, 1, 2, 3, 4));
        assert_eq!(gather((f(0), f(1), f(2), f(3), f(4), f(5))).await, (0, 1, 2, 3, 4, 5));
        let seven = gather((f(0), f(1), f(2), f(3), f(4), f(5), f(6)));
        assert_eq!(seven.await, (0, 1, 2, 3, 4, 5, 6));
        let eight = gather((f(0), f(1), f(2), f(3), f(4), f(5), f(6), f(7)));
        assert_eq!(eight.await, (0, 1, 2, 3, 4, 5, 6, 7));
        let nine = gather((f(0), f(1), f(2), f(3), f(4), f(5), f(6), f(7), f(8)));
        assert_eq!(nine.await, (0, 1, 2, 3, 4, 5, 6, 7, 8));
        let ten = gather((f(0), f(1), f(2), f(3), f(4), f(5), f(6), f(7), f(8), f(9)));
        assert_eq!(ten.await, (0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        let many = (f(0), f(1), f(2), f(3), f(4), f(5), f(6), f(7), f(8), f(9), f(10));
        assert_eq!(gather(many).await, (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        let many = (f(0), f(1), f(2), f(3), f(4), f(5), f(6), f(7), f(8), f(9), f(10), f(11));
        assert_eq!(gather(many).await, (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
    });
}

#[test]
fn a_tuple_may_mix_types_tasks_and_requests() {
    run(async {
        let task: Task<&str> = create_task(async { "task" });
        let (one, task, three) = gather((Request(1), task, after(1, 'c'))).await;
        assert_eq!((one, task.unwrap(), three), (1, "task", 'c'));
        let (results, ()) = gather((gather([Request(2)]).return_exceptions(), async {})).await;
        assert_eq!(*results[0].as_ref().unwrap(), 2);
    });
}

#[test]
fn a_tuple_tells_which_child_failed_by_its_place() {
    run(async {
        let children = gather((after(1, 1), crate::support::fail_after(1, "second"), after(1, 3)));
        let (first, second, third) = children.return_exceptions().await;
        assert_eq!((first.unwrap(), third.unwrap()), (1, 3));
        assert_eq!(second.unwrap_err().panic_message(), Some("second"));
        let children = gather((after(2, 1), after(2, 2), crate::support::fail_after(1, "third")));
        assert_eq!(crate::support::panic_of(children).await, "third");
    });
}

#[test]
fn children_start_in_argument_order_in_the_next_iteration() {
    run(async {
        let log = crate::support::Log::default();
        let children = gather([1, 2, 3].map(|n| {
            let log = log.clone();
            async move { log.add(n) }
        }));
        log.add("gathered");
        children.await;
        assert_eq!(log.take(), "gathered 1 2 3");
    });
}

#[test]
fn children_say_that_the_call_spawned_them() {
    run(async {
        let line = line!() + 1;
        let children = gather((after(1, ()), after(1, ())));
        let spawned = || all_tasks().last().unwrap().spawned_at();
        assert_eq!((spawned().file(), spawned().line()), (file!(), line));
        assert_eq!(all_tasks()[1].parent(), current_task().map(|task| task.id()));
        children.await;

        let line = line!() + 1;
        let children = gather([after(1, ())]);
        assert_eq!((spawned().file(), spawned().line()), (file!(), line));
        children.await;

        let line = line!() + 1;
        let mut children = as_completed([after(1, ())]);
        assert_eq!((spawned().file(), spawned().line()), (file!(), line));
        children.next().await;

        let line = line!() + 1;
        let child = shield(after(1, ()));
        assert_eq!((spawned().file(), spawned().line()), (file!(), line));
        child.await;
    });
}

/// What a panic said, with a `String`.
fn refused(call: impl FnOnce()) -> String {
    let payload = std::panic::catch_unwind(std::panic::AssertUnwindSafe(call)).unwrap_err();
    *payload.downcast::<String>().unwrap()
}

#[test]
fn outside_a_loop_all_refuse_and_name_the_callers_line() {
    let check = |line: u32, said: String| {
        assert!(said.starts_with("no event loop is running on this thread"), "{said}");
        assert!(said.contains(&format!("{}:{line}:", file!())), "{said} (line {line})");
    };
    check(line!(), refused(|| drop(gather([ready(1)]))));
    check(line!(), refused(|| drop(gather((ready(1),)))));
    check(line!(), refused(|| drop(gather(Vec::<Ready<u32>>::new()))));
    check(line!(), refused(|| drop(as_completed([ready(1)]))));
    check(line!(), refused(|| drop(shield(ready(1)))));
}
