/** An icon of the package lucide, inlined at build (build/icons.mjs). */
declare module "icon:*" {
  const Icon: () => import("preact").JSX.Element;
  export default Icon;
}
