//! S-CANCEL-10: requests are given back one by one; at zero one that was not seen yet is withdrawn.

use tulipa::cancel::CancelExt;
use tulipa::{create_task, current_task, yield_now};

async fn work(requests: u32, given_back: u32) {
    let task = current_task().unwrap();
    println!("nothing to give back: {}", task.uncancel());
    for _ in 0..requests {
        task.cancel();
    }
    for _ in 0..given_back {
        println!("{} remain", task.uncancel());
    }
    yield_now().finally(async || println!("the yield is over")).await;
    println!("it goes on");
}

pub(crate) async fn main() {
    for given_back in [1, 3] {
        let task = create_task(work(2, given_back));
        while !task.done() {
            yield_now().await;
        }
        println!("{given_back} given back, cancelled: {}", task.cancelled());
    }
}
