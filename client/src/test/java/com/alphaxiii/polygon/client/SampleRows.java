package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.CurrencyPair;
import com.alphaxiii.polygon.core.Ticker;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;

/** Elements of answers as the vendor sends them, and what makes values of them. */
final class SampleRows {
  static final Ticker AAPL = Ticker.of("AAPL");
  static final CurrencyPair BITCOIN = CurrencyPair.parse("BTC-USD");
  static final LocalDate DAY = LocalDate.of(2020, 10, 9);

  /**
   * A kind of element.
   *
   * @param required members without which it means nothing
   */
  record Sample(String name, String json, List<String> required, Function<Row, ?> decode) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final Sample TICKER =
      new Sample(
          "ticker",
          """
          {"ticker":"AAPL","name":"Apple Inc.","market":"stocks","locale":"us","primary_exchange":"XNAS",
          "type":"CS","active":true,"currency_name":"usd","cik":"0000320193",
          "composite_figi":"BBG000B9XRY4","share_class_figi":"BBG001S5N8V8","market_cap":2771126040150,
          "phone_number":"(408) 996-1010","address":{"address1":"ONE APPLE PARK WAY","city":"CUPERTINO",
          "state":"CA","postal_code":"95014"},"description":"Apple designs.","sic_code":"3571",
          "sic_description":"ELECTRONIC COMPUTERS","ticker_root":"AAPL","homepage_url":"https://www.apple.com",
          "total_employees":154000,"list_date":"1980-12-12","branding":{"logo_url":"https://x/l.svg",
          "icon_url":"https://x/i.png"},"share_class_shares_outstanding":16406400000,
          "weighted_shares_outstanding":16334371000,"round_lot":100}
          """,
          List.of("ticker"),
          WireTicker::details);

  static final Sample LISTED =
      new Sample(
          "listed ticker",
          """
          {"ticker":"X:BTCUSD","name":"Bitcoin - United States Dollar","market":"crypto","locale":"global",
          "active":true,"currency_symbol":"USD","currency_name":"United States Dollar",
          "base_currency_symbol":"BTC","base_currency_name":"Bitcoin",
          "last_updated_utc":"2017-01-01T00:00:00Z","delisted_utc":"2022-06-09T04:00:00Z"}
          """,
          List.of("ticker"),
          WireTicker::details);

  static final Sample TYPE =
      new Sample(
          "type of tickers",
          "{\"asset_class\":\"stocks\",\"code\":\"CS\",\"description\":\"Common"
              + " Stock\",\"locale\":\"us\"}",
          List.of("code"),
          WireTicker::type);

  static final Sample EVENTS =
      new Sample(
          "ticker events",
          """
          {"name":"Meta Platforms, Inc. Class A Common Stock","composite_figi":"BBG000MM2P62","cik":"0001326801",
          "events":[{"ticker_change":{"ticker":"META"},"type":"ticker_change","date":"2022-06-09"},
          {"ticker_change":{"ticker":"FB"},"event_type":"ticker_change","date":"2012-05-18"}]}
          """,
          List.of(),
          WireTicker::history);

  static final Sample SPLIT =
      new Sample(
          "split",
          "{\"id\":\"E36\",\"ticker\":\"AAPL\",\"execution_date\":\"2020-08-31\",\"split_from\":1,\"split_to\":4}",
          List.of("ticker", "execution_date", "split_from", "split_to"),
          row -> WireTicker.split(row, null));

  static final Sample DIVIDEND =
      new Sample(
          "dividend",
          """
          {"cash_amount":0.22,"currency":"USD","declaration_date":"2021-10-28","dividend_type":"CD",
          "ex_dividend_date":"2021-11-05","frequency":4,"id":"E8e3","pay_date":"2021-11-11",
          "record_date":"2021-11-08","ticker":"AAPL"}
          """,
          List.of("ticker", "ex_dividend_date", "cash_amount"),
          row -> WireTicker.cashDividend(row, null));

  static final Sample EXCHANGE =
      new Sample(
          "exchange",
          """
          {"acronym":"AMEX","asset_class":"stocks","id":1,"locale":"us","mic":"XASE","name":"NYSE American, LLC",
          "operating_mic":"XNYS","participant_id":"A","type":"exchange","url":"https://www.nyse.com"}
          """,
          List.of("id"),
          WireMarket::exchange);

  static final Sample CONDITION =
      new Sample(
          "condition",
          """
          {"asset_class":"stocks","data_types":["trade"],"id":2,"legacy":false,"name":"Average Price Trade",
          "sip_mapping":{"CTA":"B","UTP":"W"},"type":"condition","exchange":11,"abbreviation":"AP",
          "description":"An average.","update_rules":{"consolidated":{"updates_high_low":false,
          "updates_open_close":false,"updates_volume":true},"market_center":{"updates_high_low":false,
          "updates_open_close":false,"updates_volume":true}}}
          """,
          List.of("id"),
          WireMarket::condition);

  static final Sample STATUS =
      new Sample(
          "market status",
          """
          {"afterHours":true,"currencies":{"crypto":"open","fx":"open"},"earlyHours":false,
          "exchanges":{"nasdaq":"extended-hours","nyse":"extended-hours","otc":"closed"},
          "indicesGroups":{"s_and_p":"closed"},"market":"extended-hours",
          "serverTime":"2020-11-10T17:37:37-05:00"}
          """,
          List.of("market"),
          WireMarket::status);

  static final Sample HOLIDAY =
      new Sample(
          "holiday",
          """
          {"close":"2020-11-27T18:00:00.000Z","date":"2020-11-27","exchange":"NASDAQ","name":"Thanksgiving",
          "open":"2020-11-27T14:30:00.000Z","status":"early-close"}
          """,
          List.of("exchange", "date", "status"),
          WireMarket::holiday);

  static final Sample CONTRACT =
      new Sample(
          "option contract",
          """
          {"additional_underlyings":[{"amount":44,"type":"equity","underlying":"VMW"},
          {"amount":6.53,"type":"currency","underlying":"USD"}],"cfi":"OCASPS","contract_type":"call",
          "exercise_style":"american","expiration_date":"2021-11-19","primary_exchange":"BATO",
          "correction":1,"shares_per_contract":100,"strike_price":85.5,"ticker":"O:AAPL211119C00085500",
          "underlying_ticker":"AAPL"}
          """,
          List.of("ticker", "contract_type", "expiration_date", "strike_price"),
          row -> WireMarket.contract(row, null));

  static final Sample ARTICLE =
      new Sample(
          "article",
          """
          {"amp_url":"https://m.x/amp","article_url":"https://x/a","author":"Sam Boughedda",
          "description":"UBS on Monday.","id":"8ec6","image_url":"https://x/i.jpg",
          "insights":[{"sentiment":"positive","sentiment_reasoning":"Good.","ticker":"UBS"}],
          "keywords":["Federal Reserve","interest rates"],"published_utc":"2024-06-24T18:33:53Z",
          "publisher":{"favicon_url":"https://x/f","homepage_url":"https://www.investing.com/",
          "logo_url":"https://x/l","name":"Investing.com"},"tickers":["UBS"],"title":"Markets"}
          """,
          List.of("id", "title", "published_utc"),
          WireCompany::article);

  static final Sample REPORT =
      new Sample(
          "financial report",
          """
          {"cik":"0001650729","company_name":"SiteOne","end_date":"2022-04-03","filing_date":"2022-05-04",
          "acceptance_datetime":"2022-05-04T12:00:00Z","sic":"5080","tickers":["SITE"],"timeframe":"quarterly",
          "financials":{"balance_sheet":{"assets":{"label":"Assets","order":100,"unit":"USD",
          "value":2407400000,"source":"Report","xpath":"//x","formula":"A+B","derived_from":["equity"]},
          "equity":{"label":"Equity","order":1400,"unit":"USD","value":1099200000}},
          "income_statement":{"basic_earnings_per_share":{"label":"EPS","order":4200,
          "unit":"USD / shares","value":0.72}}},"fiscal_period":"Q1","fiscal_year":"2022",
          "source_filing_file_url":"https://x/f","source_filing_url":"https://x/s","start_date":"2022-01-03"}
          """,
          List.of(),
          WireCompany::report);

  static final Sample LAST_TRADE =
      new Sample(
          "last trade",
          """
          {"T":"AAPL","c":[37],"ds":"25.5","f":1617901342969796417,"i":"118749","p":129.8473,"q":3135876,
          "r":202,"s":25,"t":1617901342969834001,"x":4,"y":1617901342968000000,"z":3,"e":1}
          """,
          List.of("p", "t"),
          row -> WirePrices.lastTrade(row, AAPL));

  static final Sample LAST_QUOTE =
      new Sample(
          "last quote",
          """
          {"P":127.98,"S":7,"T":"AAPL","X":19,"p":127.96,"q":83480742,"s":1,"t":1617827221349730301,
          "x":11,"y":1617827221349366001,"z":3,"c":[1],"i":[604]}
          """,
          List.of("t"),
          row -> WirePrices.lastQuote(row, AAPL));

  static final Sample CRYPTO_TRADE =
      new Sample(
          "last crypto trade",
          "{\"conditions\":[1],\"exchange\":4,\"price\":16835.42,\"size\":0.006909,\"timestamp\":1605560885027}",
          List.of("price", "timestamp"),
          row -> WirePrices.cryptoTrade(row, Ticker.of("X:BTCUSD")));

  static final Sample CONVERSION =
      new Sample(
          "conversion",
          """
          {"converted":73.14,"from":"AUD","initialAmount":100,"last":{"ask":1.3673344,"bid":1.3672596,
          "exchange":48,"timestamp":1605555313000},"symbol":"AUD/USD","to":"USD"}
          """,
          List.of("converted", "initialAmount", "last"),
          row -> WirePrices.conversion(row, CurrencyPair.parse("AUDUSD")));

  static final Sample OPEN_CLOSE =
      new Sample(
          "open-close",
          """
          {"afterHours":322.1,"close":325.12,"from":"2023-01-09","high":326.2,"low":322.3,"open":324.66,
          "preMarket":324.5,"status":"OK","symbol":"AAPL","volume":26122646,"otc":true}
          """,
          List.of("from", "open", "high", "low", "close"),
          row -> WirePrices.openClose(row, AAPL));

  static final Sample CRYPTO_OPEN_CLOSE =
      new Sample(
          "crypto open-close",
          """
          {"close":11050.64,"closingTrades":[{"c":[2],"i":"973323250","p":11050.64,"s":0.006128,
          "t":1602287999795,"x":4}],"day":"2020-10-09T00:00:00.000Z","isUTC":true,"open":10932.44,
          "openTrades":[{"c":[2],"i":"511235746","p":10932.44,"s":0.002,"t":1602201600056,"x":1}],
          "symbol":"BTC-USD"}
          """,
          List.of("open", "close"),
          row -> WirePrices.cryptoOpenClose(row, BITCOIN, DAY));

  static final Sample GROUPED =
      new Sample(
          "grouped bar",
          """
          {"T":"KIMpL","c":25.9102,"h":26.25,"l":25.91,"n":74,"o":26.07,"t":1602705600000,"v":4369,
          "vw":26.0407,"otc":true}
          """,
          List.of("T", "o", "h", "l", "c", "t", "v"),
          row -> WirePrices.dayBar(row, null, null));

  static final Sample INDICATOR =
      new Sample(
          "indicator value",
          "{\"timestamp\":1517562000016,\"value\":140.139}",
          List.of("timestamp", "value"),
          WirePrices::indicatorValue);

  static final Sample MACD =
      new Sample(
          "macd value",
          "{\"histogram\":38.38,\"signal\":106.98,\"timestamp\":1517562000016,\"value\":145.36}",
          List.of("timestamp", "value", "signal", "histogram"),
          WirePrices::macdValue);

  static final Sample STOCK_STATE =
      new Sample(
          "snapshot of a stock",
          """
          {"day":{"c":20.506,"h":20.64,"l":20.506,"o":20.64,"v":37216,"vw":20.616,"dv":"37216.5"},
          "lastQuote":{"P":20.6,"S":22,"p":20.5,"s":13,"t":1605192959994246100},
          "lastTrade":{"c":null,"i":"71675577320245","p":20.506,"s":2416,"t":1605192894630916600,"x":4},
          "min":{"av":37216,"c":20.506,"h":20.506,"l":20.506,"n":1,"o":20.506,"t":1684428600000,"v":5000,
          "vw":20.5105},"prevDay":{"c":20.63,"h":21,"l":20.5,"o":20.79,"v":292738,"vw":20.6939},
          "ticker":"BCAT","todaysChange":-0.124,"todaysChangePerc":-0.601,"updated":1605192894630916600,
          "fmv":20.5}
          """,
          List.of("ticker"),
          WireSnapshots::ofMarket);

  static final Sample PAIR_STATE =
      new Sample(
          "snapshot of a pair",
          """
          {"day":{"c":0.11778221,"h":0.11812263,"l":0.11766631,"o":0.11797149,"v":77794},
          "lastQuote":{"a":0.11780678,"b":0.11777952,"t":1605280919000,"x":48},"ticker":"C:HKDCHF",
          "todaysChange":-0.0002,"todaysChangePerc":-0.15,"updated":1605280919000000000}
          """,
          List.of("ticker"),
          WireSnapshots::ofMarket);

  static final Sample NAMED_STATE =
      new Sample(
          "snapshot by name",
          """
          {"break_even_price":171.075,"details":{"contract_type":"call","exercise_style":"american",
          "expiration_date":"2022-10-14","shares_per_contract":100,"strike_price":5},"fmv":0.05,
          "fmv_last_updated":1636573458757383400,"greeks":{"delta":0.552,"gamma":0.007,"theta":-0.018,
          "vega":0.727},"implied_volatility":0.3048,"last_quote":{"ask":21.25,"ask_exchange":12,
          "ask_size":110,"bid":20.9,"bid_exchange":10,"bid_size":172,"last_updated":1636573458756383501,
          "midpoint":21.075,"timeframe":"REAL-TIME"},"last_trade":{"conditions":[209],"exchange":316,
          "price":0.05,"sip_timestamp":1675280958783136801,"size":2,"timeframe":"REAL-TIME"},
          "market_status":"closed","name":"NCLH $5 Call","open_interest":8921,"session":{"change":-0.05,
          "change_percent":-1.07,"close":6.65,"early_trading_change":-0.01,
          "early_trading_change_percent":-0.03,"high":7.01,"low":5.42,"open":6.7,"previous_close":6.71,
          "volume":67,"decimal_volume":"67.5"},"ticker":"O:NCLH221014C00005000","type":"options",
          "underlying_asset":{"change_to_break_even":23.12,"last_updated":1636573459862384600,
          "price":147.951,"ticker":"AAPL","timeframe":"REAL-TIME"},"last_minute":{"close":412.05,
          "high":412.1,"low":412.05,"open":412.1,"transactions":26,"volume":610,"vwap":412.0881}}
          """,
          List.of("ticker"),
          WireSnapshots::item);

  static final Sample CHAIN_STATE =
      new Sample(
          "contract of a chain",
          """
          {"break_even_price":151.2,"day":{"change":4.5,"change_percent":6.76,"close":120.73,"high":120.81,
          "last_updated":1605195918507251701,"low":118.9,"open":119.32,"previous_close":119.12,
          "volume":868,"vwap":119.31},"details":{"contract_type":"call","exercise_style":"american",
          "expiration_date":"2022-01-21","shares_per_contract":100,"strike_price":150,
          "ticker":"O:AAPL211022C000150000"},"greeks":{},"implied_volatility":5,"last_quote":{"ask":120.3,
          "ask_size":4,"bid":120.28,"bid_size":8,"last_updated":1605195918507251700,
          "timeframe":"REAL-TIME"},"open_interest":1543,"underlying_asset":{"price":147,"ticker":"AAPL",
          "timeframe":"DELAYED"}}
          """,
          List.of("details"),
          WireSnapshots::ofChain);

  static final List<Sample> ALL =
      List.of(
          TICKER,
          LISTED,
          TYPE,
          EVENTS,
          SPLIT,
          DIVIDEND,
          EXCHANGE,
          CONDITION,
          STATUS,
          HOLIDAY,
          CONTRACT,
          ARTICLE,
          REPORT,
          LAST_TRADE,
          LAST_QUOTE,
          CRYPTO_TRADE,
          CONVERSION,
          OPEN_CLOSE,
          CRYPTO_OPEN_CLOSE,
          GROUPED,
          INDICATOR,
          MACD,
          STOCK_STATE,
          PAIR_STATE,
          NAMED_STATE,
          CHAIN_STATE);

  private SampleRows() {}
}
