//! S-FUT-3: a callback that is added twice runs twice; one that a callback adds runs an iteration
//! later.

use tulipa::{Promise, yield_now};

fn shout(promise: &Promise<&'static str>) {
    println!("{}!", promise.result().unwrap());
}

fn add_another(promise: &Promise<&'static str>) {
    promise.add_done_callback(shout);
    println!("added one");
}

pub(crate) async fn main() {
    let promise = Promise::new();
    promise.add_done_callback(shout);
    promise.add_done_callback(add_another);
    promise.add_done_callback(shout);
    promise.set_result("done").unwrap();
    for n in 0..3 {
        println!("iteration {n}");
        yield_now().await;
    }
}
