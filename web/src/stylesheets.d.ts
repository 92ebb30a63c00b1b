/** Style sheets: a module's class names are read as `css.name`, a plain sheet is only loaded. */
declare module '*.module.css';
declare module '*.css';
