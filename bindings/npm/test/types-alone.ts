// Every entry point compiles without the DOM library and the types of Node.js.
export * as all from 'image-preflight';
export * as full from 'image-preflight/full';
export * as input from 'image-preflight/input';
export * as slim from 'image-preflight/slim';
export * as kit from 'image-preflight/forms';
export * as slimKit from 'image-preflight/slim/forms';
export * as schemas from 'image-preflight/schemas';
export * as locale from 'image-preflight/locales/zh-CN';
export * as angular from 'image-preflight/angular';
export * as antd from 'image-preflight/antd';
export * as asyncValidator from 'image-preflight/async-validator';
export * as reactHookForm from 'image-preflight/react-hook-form';
export * as veeValidate from 'image-preflight/vee-validate';
