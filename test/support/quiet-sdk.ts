/** The SDK warns of the Node.js that the tests run under; providers run under a newer one. */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
