package io.monitoringstack.demoapp.web;

/**
 * What is wrong with one field or parameter.
 *
 * @param field its name
 * @param message what it must be
 */
record FieldProblem(String field, String message) {

}
