package com.alphaxiii.polygon.simulator;

import java.util.List;

/** Paths that were once served and now only say so, and those of products that no plan includes. */
final class RetiredApi {
  List<Route> routes() {
    return List.of(
        new Route("/v2/ticks/stocks/trades/{ticker}/{date}", Family.REFERENCE, RetiredApi::gone),
        new Route("/v2/ticks/stocks/nbbo/{ticker}/{date}", Family.REFERENCE, RetiredApi::gone),
        new Route("/v1/historic/crypto/{from}/{to}/{date}", Family.REFERENCE, RetiredApi::closed),
        new Route("/v1/historic/forex/{from}/{to}/{date}", Family.REFERENCE, RetiredApi::closed),
        new Route("/v1/summaries", Family.REFERENCE, RetiredApi::closed));
  }

  private static byte[] gone(Call call) {
    throw ApiError.notFound(
        "This endpoint has been deprecated. Use /v3/trades or /v3/quotes instead.");
  }

  private static byte[] closed(Call call) {
    throw ApiError.notEntitled();
  }
}
