//! S-COND-2: the predicate is asked once before the first wait and once after each.

use std::rc::Rc;

use tulipa::sync::local::Condition;
use tulipa::{create_task, yield_now};

async fn take(n: u32, stock: Rc<Condition<u32>>) {
    let enough = |apples: &mut u32| {
        println!("{apples} apples, {n} needed");
        *apples >= n
    };
    let mut apples = stock.acquire().await.wait_for(enough).await;
    *apples -= n;
    println!("{n} taken");
}

pub(crate) async fn main() {
    let stock = Rc::new(Condition::with(1));
    let tasks = [4, 2, 1].map(|n| create_task(take(n, stock.clone())));
    yield_now().await;
    for n in [3, 2, 1] {
        let mut apples = stock.acquire().await;
        *apples += n;
        apples.notify_all();
        println!("{n} more");
        drop(apples);
        yield_now().await;
    }
    for task in tasks {
        task.await.unwrap();
    }
    println!("{} left", *stock.acquire().await);
}
