/**
 * The pages in a real browser, as a person sees them.
 */
package io.monitoringstack.stacktests.pages;
