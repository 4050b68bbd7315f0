package io.monitoringstack.demoapp;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips a test where Docker or the image is missing.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsImageCondition.class)
@interface NeedsImage {

	/**
	 * The variable that compose reads too.
	 * @return its name
	 */
	String variable();

	/**
	 * The image when the variable is not set, as in compose.
	 * @return its name
	 */
	String standard();

}
