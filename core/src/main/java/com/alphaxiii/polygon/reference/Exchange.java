package com.alphaxiii.polygon.reference;

import java.util.Optional;

/**
 * A place that reports trades or quotes.
 *
 * @param id as {@code exchange} of trades and quotes has it
 * @param type the vendor's word: exchange, TRF (trade reporting facility) or SIP
 * @param assetClass the vendor's word: stocks, options, crypto, fx, futures
 * @param locale us or global
 * @param mic market identifier code (ISO 10383)
 * @param operatingMic that of the operator
 * @param participantId letter by which a SIP names it
 */
public record Exchange(
    int id,
    String name,
    String type,
    String assetClass,
    String locale,
    Optional<String> acronym,
    Optional<String> mic,
    Optional<String> operatingMic,
    Optional<String> participantId,
    Optional<String> url) {}
