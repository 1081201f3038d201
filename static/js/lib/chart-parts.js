/* What the charts use of Chart.js, and no more: this is what esbuild bundles. */
export {
  BarController,
  BarElement,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
