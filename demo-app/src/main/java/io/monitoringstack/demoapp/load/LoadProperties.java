package io.monitoringstack.demoapp.load;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The built-in visitor.
 *
 * @param rate requests per second, 0 for none
 * @param maxMemos how many memos of its own it keeps at most
 */
@Validated
@ConfigurationProperties("demo.load")
record LoadProperties(@DefaultValue("0") @DecimalMin("0") @DecimalMax("50") double rate,
		@DefaultValue("20") @Min(1) @Max(1000) int maxMemos) {

}
